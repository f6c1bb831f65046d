// Keeps what is typed into a box of Streamlit's as long as it is not sent, so that it outlives a reload of the page.

/** @import {Component} from './streamlit.js' */

import {living} from './dom.js';

const GLANCE = 100; // milliseconds between two looks for a box that is not on the page yet
const GLANCES = 100;

/** @param {string} place */
function stored(place) {
  try {
    return sessionStorage.getItem(place) ?? '';
  } catch {
    return ''; // a browser that keeps nothing: then it lives as long as the page
  }
}

/**
 * @param {string} place
 * @param {string} words
 */
function store(place, words) {
  try {
    if (words) sessionStorage.setItem(place, words);
    else sessionStorage.removeItem(place);
  } catch {
    // as above
  }
}

/**
 * As if somebody had typed it: the page's own state of the box follows what happens to it, not its value.
 * @param {HTMLTextAreaElement} box
 * @param {string} words
 */
function type(box, words) {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(box, words);
  box.dispatchEvent(new Event('input', {bubbles: true}));
}

class Draft {
  key = '';
  /** @type {HTMLTextAreaElement | null} */
  box = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  looking;

  /** @param {{box: string}} data */
  update({box}) {
    this.key = box;
    if (!this.box?.isConnected) this.#look(GLANCES);
  }

  dispose() {
    clearTimeout(this.looking);
    this.#leave();
  }

  get #place() {
    return `morning-vistas/draft/${this.key}`;
  }

  /** @param {number} times */
  #look(times) {
    const found = document.querySelector(`.st-key-${CSS.escape(this.key)} textarea`);
    if (found instanceof HTMLTextAreaElement) this.#meet(found);
    else if (times) this.looking = setTimeout(() => this.#look(times - 1), GLANCE);
  }

  /** @param {HTMLTextAreaElement} box */
  #meet(box) {
    this.#leave();
    this.box = box;
    const words = stored(this.#place);
    if (words && !box.value) type(box, words);
    box.addEventListener('input', this.#typed);
    // Sending empties the box, which is no input: so it is looked at once what may have sent it is over.
    this.#around?.addEventListener('keydown', this.#later);
    this.#around?.addEventListener('click', this.#later);
  }

  #leave() {
    this.box?.removeEventListener('input', this.#typed);
    this.#around?.removeEventListener('keydown', this.#later);
    this.#around?.removeEventListener('click', this.#later);
  }

  get #around() {
    return this.box?.closest(`.st-key-${CSS.escape(this.key)}`);
  }

  #typed = () => store(this.#place, this.box?.value ?? '');

  #later = () => setTimeout(this.#typed);
}

/** @param {Component<{box: string}>} component */
export default function ({data, parentElement}) {
  return living(
    parentElement,
    'draft',
    () => new Draft(),
    (draft) => draft.update(data),
  );
}
