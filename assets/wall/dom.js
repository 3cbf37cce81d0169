// Building blocks of the drawing. Text from a snapshot becomes text nodes, never markup.
const SVG = "http://www.w3.org/2000/svg";
const said = (child) => child !== null && child !== undefined && child !== "";

export const el = (tag, names, ...children) => {
  const node = document.createElement(tag);
  if (names) { node.className = names; }
  node.append(...children.flat().filter(said));
  return node;
};

// An element with a text, or nothing where there is no text.
export const text = (tag, names, content) => (content ? el(tag, names, content) : null);

// Keeps "Rp15,26 juta", "0,50 poin", "dari 2023" and "30 Okt" on one line each.
export const bound = (words) => words
  .replace(/(\d[.,]\d+) (?=\p{Ll})/gu, "$1\u00a0")
  .replace(/ (?=\d{4}(?!\d))/g, "\u00a0")
  .replace(/(?<!\d)(\d{1,2}) (?=\p{Lu}\p{Ll}{2})/gu, "$1\u00a0");

export const svg = (tag, attributes, ...children) => {
  const node = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, String(value)));
  node.append(...children.flat().filter(said));
  return node;
};

export const place = (node, properties) => {
  Object.entries(properties).forEach(([name, value]) => node.style.setProperty(name, value));
  return node;
};
