// One cell, open to write in. It lies above the sheet, so that whatever is drawn anew below leaves it alone.

import {clamp, fill, make} from '../../components/browser/dom.js';

/** @import {Cell, Text} from './sheet_foreseen.js' */

/**
 * A cell of a decision table; `adds` where writing in it makes its row. Of no row is what happened.
 * @typedef {object} Place
 * @property {string} at
 * @property {string | null} row
 * @property {string} field
 * @property {string} title
 * @property {string[]} probes
 * @property {boolean} [adds]
 */

/**
 * Words that somebody is at: what they knew when they began, and what stood there then.
 * @typedef {{at: string, place: Place, text: string, knew: string[], base: string}} Draft
 */

/**
 * What somebody does here, as it is told.
 * @typedef {object} Told
 * @property {(place: Place, text: string, knew: string[]) => void} kept
 * @property {(place: Place, onPurpose?: boolean) => void} gaveUp
 * @property {(place: Place, draft: Draft) => void} typed
 * @property {(place: Place, steps: number) => void} went
 */

const WIDEST = 440;
/** @param {string} text */
const quote = (text) => (text.length > 240 ? `${text.slice(0, 240)}…` : text);

export class CellEditor {
  /** @type {Place} */
  place;
  /** @type {Set<string>} */
  knew;
  /** @type {string} */
  base;
  probe = 0;
  /** @type {string | null} */
  heard = null; // the texts of others that are shown beside it
  /** @type {HTMLElement} */
  title;
  /** @type {HTMLTextAreaElement} */
  line;
  /** @type {HTMLElement} */
  asks;
  /** @type {HTMLButtonElement} */
  another;
  /** @type {HTMLElement} */
  news;
  /** @type {HTMLElement} */
  status;

  /**
   * @param {HTMLElement} host what it lies in
   * @param {Told} told
   */
  constructor(host, told) {
    this.host = host;
    this.told = told;
    this.node = this.#build();
    host.append(this.node);
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** @param {string} at */
  isAt(at) {
    return this.isOpen && this.place.at === at;
  }

  /**
   * @param {Place} place
   * @param {{text: string, knew: string[], base: string, trouble?: string}} start what there is to begin with
   * @param {Element | null} anchor
   */
  open(place, start, anchor) {
    this.place = place;
    this.base = start.base;
    this.knew = new Set(start.knew);
    this.probe = 0;
    this.title.textContent = place.title;
    this.line.value = start.text;
    this.line.setAttribute('aria-label', place.title);
    this.node.hidden = false;
    this.#ask();
    this.#say(start.trouble ?? '');
    fill(this.news);
    this.follow(anchor);
    this.line.focus({preventScroll: true});
    this.line.setSelectionRange(start.text.length, start.text.length);
    this.node.scrollIntoView({block: 'nearest'});
  }

  /**
   * Stay where the cell is; where it is gone, stay where one was.
   * @param {Element | null} anchor
   */
  follow(anchor) {
    if (!this.isOpen) return;
    if (anchor) {
      const room = this.host.getBoundingClientRect();
      const cell = (anchor.querySelector('.mv-face, .mv-several') ?? anchor).getBoundingClientRect();
      const width = clamp(
        cell.width + 24,
        Math.min(340, room.width),
        Math.max(WIDEST, Math.min(cell.width + 24, 720)),
      );
      this.node.style.width = `${width}px`;
      this.node.style.left = `${clamp(cell.left - room.left - 13, 0, Math.max(0, room.width - width))}px`;
      this.node.style.top = `${Math.max(0, cell.top - room.top - 32)}px`;
    }
    this.#grow();
  }

  /**
   * Others may have written here since: said beside one's own words, which stay as they are.
   * @param {Cell} cell
   */
  hear(cell) {
    const unseen = cell.texts.filter((each) => !this.knew.has(each.id) && !each.pending);
    const heard = unseen.map((each) => each.id).join();
    if (heard === this.heard && this.news.childElementCount === unseen.length) return;
    this.heard = heard;
    fill(
      this.news,
      unseen.map((each) =>
        make(
          'div',
          {class: 'mv-news'},
          make(
            'p',
            {},
            make('b', {text: each.by || 'Somebody'}),
            ' wrote here in the meantime; both will be kept.',
          ),
          make('blockquote', {text: quote(each.text)}),
          make('button', {
            type: 'button',
            class: 'mv-quiet',
            text: 'Add to mine',
            onclick: () => this.#takeIn(each),
          }),
        ),
      ),
    );
  }

  keep() {
    if (!this.isOpen) return;
    const text = this.line.value.trim();
    const {place} = this;
    this.#close();
    if (text === this.base.trim()) this.told.gaveUp(place);
    else this.told.kept(place, text, [...this.knew]);
  }

  giveUp() {
    const {place} = this;
    this.#close();
    this.told.gaveUp(place, true);
  }

  #build() {
    this.title = make('div', {class: 'mv-editor-title'});
    this.line = make('textarea', {rows: 2, maxlength: 4000, oninput: () => this.#typed()});
    this.asks = make('span', {});
    this.another = make('button', {
      type: 'button',
      class: 'mv-quiet',
      text: 'Another question',
      onclick: () => {
        this.probe += 1;
        this.#ask();
        this.line.focus({preventScroll: true});
      },
    });
    this.news = make('div', {'aria-live': 'polite'});
    this.status = make('div', {class: 'mv-status', role: 'status'});
    const node = make(
      'div',
      {
        class: 'mv-editor',
        role: 'group',
        'aria-label': 'Write in this cell',
        hidden: true,
        onkeydown: (event) => this.#key(event),
        onfocusout: (event) => this.#left(event),
      },
      this.title,
      this.line,
      this.news,
      make('div', {class: 'mv-probe'}, this.asks, this.another),
      this.status,
      make(
        'div',
        {class: 'mv-keys'},
        make('kbd', {text: 'Ctrl Enter'}),
        ' saves · ',
        make('kbd', {text: 'Tab'}),
        ' next cell · ',
        make('kbd', {text: 'Esc'}),
        ' cancels',
      ),
    );
    return node;
  }

  #typed() {
    this.told.typed(this.place, {
      at: this.place.at,
      place: this.place,
      text: this.line.value,
      knew: [...this.knew],
      base: this.base,
    });
    this.#grow();
  }

  /** @param {Text} text */
  #takeIn({id, text}) {
    this.knew.add(id);
    this.line.value = [this.line.value.trim(), text].filter(Boolean).join('\n');
    this.#typed();
    this.heard = null;
    fill(this.news);
    this.line.focus({preventScroll: true});
  }

  #ask() {
    const {probes} = this.place;
    this.asks.textContent = probes.length ? probes[this.probe % probes.length] : '';
    this.another.hidden = probes.length < 2;
  }

  #grow() {
    this.line.style.height = 'auto';
    this.line.style.height = `${Math.min(this.line.scrollHeight, 420)}px`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.giveUp();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const {place} = this;
      this.keep();
      this.told.went(place, 0);
    } else if (event.key === 'Tab' && event.target === this.line) {
      event.preventDefault();
      const {place} = this;
      this.keep();
      this.told.went(place, event.shiftKey ? -1 : 1);
    }
  }

  /**
   * Going elsewhere keeps it; another window in front does not mean that one is done.
   * @param {FocusEvent} event
   */
  #left({relatedTarget}) {
    if (this.isOpen && document.hasFocus() && !this.node.contains(/** @type {Node | null} */ (relatedTarget)))
      this.keep();
  }

  #close() {
    this.node.hidden = true;
    this.heard = null;
  }

  /** @param {string} text */
  #say(text) {
    this.status.textContent = text;
    this.status.classList.toggle('mv-trouble', Boolean(text));
  }
}
