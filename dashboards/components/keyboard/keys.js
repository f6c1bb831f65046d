// A number key jumps to its stop; letters go to earlier notices and answer them; ? shows the keys. Whoever types is
// left alone.

/**
 * @import {Component} from '../browser/streamlit.js'
 *
 * @typedef {{stops: number, replies: boolean}} Data
 */

import {fill, living, make} from '../browser/dom.js';

const HELP = [
  ['← →', 'previous stop, next stop'],
  ['1 … 9', 'jump to a stop'],
  ['drag, or click', 'mark a stretch, a line or a row; then type and press Enter'],
  ['Tab', 'go to a chart or table; there arrows move, Shift + arrows mark, Enter writes'],
  ['Esc', 'close what is open; your text stays'],
  ['double-click', 'show the whole chart again'],
  ['?', 'this help'],
];

const HELP_REPLIES = [
  ['J K', 'next earlier notice, the one before'],
  ['S N D', 'answer it: still so, no longer, different now'],
];
const NOTICES = ':is([class*="st-key-then-drawn"], [class*="st-key-then-loose"])';
const REPLIES = ['s', 'n', 'd'];

/** @param {Element} notice */
function repliesOf(notice) {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const found = notice.querySelectorAll('[class*="st-key-reply-"] button');
  return [...found];
}

/**
 * Focus the answers of the next earlier notice, or of the one before.
 * @param {number} way
 */
function toNotice(way) {
  const notices = [...document.querySelectorAll(NOTICES)];
  const at = notices.findIndex((notice) => notice.contains(document.activeElement));
  const next = notices[at < 0 ? 0 : Math.min(notices.length - 1, Math.max(0, at + way))];
  if (!next) return;
  next.scrollIntoView({block: 'nearest', behavior: 'smooth'});
  repliesOf(next)[0]?.focus({preventScroll: true});
}

/**
 * Click an answer of the notice that has the focus.
 * @param {number} which
 */
function reply(which) {
  const notice = document.activeElement?.closest(NOTICES);
  if (!notice) return;
  const button = repliesOf(notice)[which];
  button?.focus();
  button?.click();
}

/** @param {EventTarget} node */
const types = (node) =>
  node instanceof Element &&
  (node.matches('input, textarea, select, [contenteditable]') ||
    (node instanceof HTMLElement && node.isContentEditable));

class Keys {
  /** @type {HTMLDialogElement} */
  dialog;
  /** @type {number} */
  stops;
  /** @type {boolean} */
  replies;
  /** @type {(stop: number) => void} */
  jump;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.list = make('dl');
    this.dialog = make(
      'dialog',
      {
        class: 'mv-help',
        'aria-label': 'Keyboard shortcuts',
        onclick: (event) => event.target === this.dialog && this.dialog.close(),
      },
      make('h2', {text: 'Keyboard shortcuts'}),
      this.list,
      make('button', {type: 'button', class: 'mv-more', text: 'Close', onclick: () => this.dialog.close()}),
    );
    this.root = make('div', {class: 'mv-root mv-keys'}, this.dialog);
    parent.append(this.root);
    /** @param {KeyboardEvent} event */
    this.listen = (event) => this.pressed(event);
    document.addEventListener('keydown', this.listen);
  }

  /**
   * @param {Data} data
   * @param {(stop: number) => void} jump
   */
  update({stops, replies}, jump) {
    this.stops = stops;
    this.replies = replies;
    this.jump = jump;
    const help = replies ? [...HELP, ...HELP_REPLIES] : HELP;
    fill(
      this.list,
      help.flatMap(([key, does]) => [make('dt', {text: key}), make('dd', {text: does})]),
    );
  }

  dispose() {
    document.removeEventListener('keydown', this.listen);
    this.root.remove();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (types(event.composedPath()[0]) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === '?') {
      if (this.dialog.open) this.dialog.close();
      else this.dialog.showModal();
    } else if (!this.dialog.open && /^[1-9]$/.test(event.key) && Number(event.key) <= this.stops) {
      this.jump(Number(event.key));
    } else if (this.dialog.open || !this.replies || !this.answers(event.key)) return;
    event.preventDefault();
  }

  /**
   * Whether the key is one for earlier notices, which is then done.
   * @param {string} key
   */
  answers(key) {
    if (key === 'j' || key === 'k') toNotice(key === 'j' ? 1 : -1);
    else if (REPLIES.includes(key)) reply(REPLIES.indexOf(key));
    else return false;
    return true;
  }
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'keys',
    (element) => new Keys(element),
    (keys) => keys.update(data, (stop) => setTriggerValue('jump', stop)),
  );
}
