// A figure is drawn in light tokens; here each is exchanged for what the app shows now.

/** @param {string} hex */
const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/**
 * The figure's JSON text with its light colours exchanged for those of `mode`.
 * @param {string} text
 * @param {Record<string, [light: string, dark: string]>} tokens
 * @param {'light' | 'dark'} mode
 */
export function repaint(text, tokens, mode) {
  if (mode === 'light') return text;
  const exchange = new Map();
  for (const [light, dark] of Object.values(tokens)) {
    exchange.set(light.toUpperCase(), dark);
    exchange.set(`rgba(${rgb(light).join(',')},`, `rgba(${rgb(dark).join(',')},`);
  }
  return text.replace(
    /#[0-9a-fA-F]{6}(?=")|rgba\(\d+, ?\d+, ?\d+,/g,
    (found) => exchange.get(found.startsWith('#') ? found.toUpperCase() : found.replaceAll(' ', '')) ?? found,
  );
}
