// Plotly's own script out of the installed Python package, loaded once a page.

let loading;

export function plotly() {
  loading ??= window.Plotly ? Promise.resolve(window.Plotly) : new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = new URL('../morning-vistas.plotly/plotly.min.js', import.meta.url).href;
    script.addEventListener('load', () => done(window.Plotly));
    script.addEventListener('error', () => {
      loading = undefined;
      failed(new Error('The charting library could not be loaded.'));
    });
    document.head.append(script);
  });
  return loading;
}
