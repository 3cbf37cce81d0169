// Type sizes from the screen and the distance: how many pixels a minute of arc takes, and what share of a size is a capital.
export const MINUTES = { hero: 40, body: 16, foot: 10 };
// The design's sizes at 1920 px: nearer than it was drawn for, the picture keeps its proportions.
const DESIGN = { score: 168, hero: 126, body: 50.5, foot: 32 };
const DRAWN_AT = 1920;
// Beyond this not every scene fits the picture any more: the text is then as large as the screen allows.
const MOST = 1.55;
const INCH = 0.0254;
const ARC_MINUTE = Math.PI / 10800;
const DIAGONAL = Math.hypot(16, 9);

// Pixels that one minute of arc takes on a 16:9 screen of so many inches, seen from so many metres.
export const pixelsPerMinute = (inches, metres, width) => {
  const metresWide = inches * INCH * 16 / DIAGONAL;
  return metres * Math.tan(ARC_MINUTE) * width / metresWide;
};

// The height of a capital in the font that is really drawn with; hinting makes it whole pixels on many screens.
export const capOf = (family) => {
  const pen = document.createElement("canvas").getContext("2d");
  const height = (weight, size) => {
    pen.font = `${weight} ${size}px ${family}`;
    return pen.measureText("H").actualBoundingBoxAscent;
  };
  return (size) => Math.min(height(500, size), height(700, size));
};

// The least size of which a capital is as tall as asked.
const sizeFor = (tall, cap) => {
  let size = Math.ceil(tall / (cap(1000) / 1000) * 10) / 10;
  while (cap(size) < tall) { size += 0.1; }
  return size;
};

export const sizesOf = (inches, metres, width, cap) => {
  const minute = pixelsPerMinute(inches, metres, width);
  const unit = width / DRAWN_AT;
  const size = (name) => {
    const drawn = DESIGN[name] * unit;
    return Math.min(Math.max(sizeFor(MINUTES[name] * minute, cap), drawn), drawn * MOST);
  };
  const [hero, body, foot] = ["hero", "body", "foot"].map(size);
  return { score: Math.max(DESIGN.score * unit, hero), hero, body, foot };
};

// Writes the sizes as --score, --hero, --body and --foot; to be called again when the window changes.
export const setSizes = (root, { inches, metres }, width = window.innerWidth) => {
  const sizes = sizesOf(inches, metres, width, capOf(getComputedStyle(root).fontFamily));
  Object.entries(sizes).forEach(([name, size]) => root.style.setProperty(`--${name}`, `${size}px`));
};
