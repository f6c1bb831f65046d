// Plotly's own script out of the installed Python package, loaded once a page, whichever component asks first.

/** @import {Plotly} from '../chart/figure.js' */

/** @returns {Promise<Plotly>} */
export function plotly() {
  window.morningVistasPlotly ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = new URL('../../../morning-vistas.plotly/plotly.min.js', import.meta.url).href;
    const fail = () => {
      window.morningVistasPlotly = undefined;
      script.remove();
      failed(new Error('The charting library could not be loaded.'));
    };
    script.addEventListener('load', () => (window.Plotly ? done(window.Plotly) : fail()));
    script.addEventListener('error', fail);
    document.head.append(script);
  });
  return window.morningVistasPlotly;
}

/** Have it ready before the first chart is drawn, when the browser has nothing better to do. */
export function prepare() {
  const soon = window.requestIdleCallback ?? ((act) => setTimeout(act, 300));
  soon(() => plotly().catch(() => {})); // a chart that needs it will ask again, and say so
}
