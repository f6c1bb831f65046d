// Rows travel as gzipped JSON in base64: 5,000 pods take about as much as one chart.

/** @param {string} text */
export function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
}
