// Lines that people wrote, one under the other: new ones are added below, and those already there stay as they are.
// What is written while the page is open is pushed.

/** @import {Component} from '../browser/streamlit.js' */

import {arrange, living, make} from '../browser/dom.js';
import {Stream} from '../listener/stream.js';

/**
 * @typedef {{id: string, text: string, by: string}} Line
 * @typedef {{revision: number, lines: Line[], whole: boolean}} News all lines, or those that were added
 * @typedef {{label: string, lines: Line[], revision: number, from: Record<string, string>}} Data
 */

const ASKS_EVERY = 1000; // where nothing can be heard

/** @param {Line} line */
function item({id, text, by}) {
  return make('li', {'data-id': id, 'data-said': text}, make('p', {text}), make('small', {text: by}));
}

class Lines {
  /** @type {Stream<News> | undefined} */
  stream;
  ask = () => {};
  revision = -1;
  list = make('ol', {class: 'mv-lines'});
  log = make('div', {role: 'log'}, this.list); // no list can be a log itself

  /** @param {HTMLElement} parent */
  constructor(parent) {
    parent.append(this.log);
    this.asking = setInterval(() => this.stream?.isOpen || this.ask(), ASKS_EVERY);
  }

  /**
   * @param {Data} data
   * @param {() => void} ask
   */
  update({label, lines, revision, from}, ask) {
    this.ask = ask;
    this.log.setAttribute('aria-label', label);
    this.#take({revision, lines, whole: true});
    this.stream ??= new Stream('lines', Object.entries(from), (news) => this.#take(news));
  }

  dispose() {
    clearInterval(this.asking);
    this.stream?.close();
    this.log.remove();
  }

  /**
   * Of two that say how it stands, the newer one counts, whichever comes first.
   * @param {News} news
   */
  #take({revision, lines, whole}) {
    if (revision < this.revision) return;
    this.revision = revision;
    if (whole) this.#show(lines);
    else this.#add(lines);
  }

  get #there() {
    const items = /** @type {HTMLLIElement[]} */ ([...this.list.children]);
    return new Map(items.map((node) => [node.dataset.id, node]));
  }

  /** @param {Line[]} lines */
  #add(lines) {
    const there = this.#there;
    this.list.append(...lines.filter((line) => !there.has(line.id)).map(item));
  }

  /** @param {Line[]} lines */
  #show(lines) {
    const there = this.#there;
    const wanted = lines.map((line) => {
      const node = there.get(line.id);
      return node?.dataset.said === line.text ? node : item(line);
    });
    arrange(this.list, wanted);
  }
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'lines',
    (element) => new Lines(element),
    (lines) => lines.update(data, () => setTriggerValue('silence', Date.now())),
  );
}
