// A page is begun at its top: Streamlit leaves one where one had scrolled to on the page before, which on a phone may
// be below all that the next one asks.

/** @type {string | null} */
let before = null;

/** @param {string} page */
export function beginAtTop(page) {
  if (before !== null && before !== page) {
    document.querySelector('[data-testid=stMain]')?.scrollTo({top: 0});
  }
  before = page;
}
