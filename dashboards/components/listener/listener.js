// Tells the server that there is news for this page. One telling at a time: while the page is drawn, what comes is
// gathered, and the next telling is about all of it.

/** @import {Component} from '../browser/streamlit.js' */

import {atRest, living} from '../browser/dom.js';
import {Stream} from './stream.js';

const PAUSE = 300; // between two drawings, for whoever types
const ASKS_EVERY = 1000; // where nothing can be heard
const AGAIN_AFTER = 4000; // for what was told and not answered, as by a server that has just been started anew
const SIGN_EVERY = 30_000; // of life

/**
 * How each name stands: a number that is another one once there is news.
 * @typedef {Record<string, number>} Standing
 */

class Listener {
  /** @type {Standing} */
  told = {};
  /** @type {Standing} */
  stands = {};
  /** @type {Stream<Standing> | undefined} */
  stream;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  pausing;
  /** @type {number | null} */
  toldAt = null;
  answered = 0;
  breaks = 0;
  wanted = '';
  tell = () => {};

  constructor() {
    this.ticking = setInterval(() => this.#tick(), ASKS_EVERY);
  }

  /**
   * @param {{told: Standing}} data
   * @param {() => void} tell
   */
  update({told}, tell) {
    this.told = told;
    this.tell = tell;
    this.answered = Date.now();
    this.toldAt = null;
    this.#listen(Object.keys(told).sort());
    this.#later();
  }

  dispose() {
    clearInterval(this.ticking);
    clearTimeout(this.pausing);
    this.stream?.close();
  }

  /** @param {string[]} names */
  #listen(names) {
    const wanted = names.join(' ');
    if (this.wanted === wanted) return;
    this.wanted = wanted;
    this.stream?.close();
    this.stands = {};
    this.breaks = 0;
    this.stream = new Stream(
      'news',
      names.map((name) => ['of', name]),
      (news) => this.#heard(news),
    );
  }

  /** @param {Standing} news */
  #heard(news) {
    Object.assign(this.stands, news);
    const breaks = this.stream?.breaks ?? 0;
    if (breaks !== this.breaks) {
      this.breaks = breaks;
      this.#say();
    } else if (!this.pausing) this.#look();
  }

  get #hasNews() {
    return Object.entries(this.stands).some(([name, number]) => this.told[name] !== number);
  }

  #look() {
    if (this.toldAt === null && this.#hasNews) this.#say();
  }

  #later() {
    clearTimeout(this.pausing);
    this.pausing = setTimeout(() => {
      this.pausing = undefined;
      this.#look();
    }, PAUSE);
  }

  #say() {
    this.toldAt = Date.now();
    this.tell();
  }

  #tick() {
    const now = Date.now();
    const due =
      this.toldAt === null
        ? !this.stream?.isOpen || now - this.answered > SIGN_EVERY
        : now - this.toldAt > AGAIN_AFTER;
    if (due) this.#say();
  }
}

/** @param {Component<{told: Standing}>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'listener',
    () => new Listener(),
    (listener) => listener.update(data, () => atRest(parentElement, () => setTriggerValue('news', Date.now()))),
  );
}
