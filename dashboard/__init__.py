"""From the warehouse's readers to the screen. Never writes a figure, never sees a connector."""
