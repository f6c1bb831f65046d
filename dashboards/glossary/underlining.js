// Explained words are underlined wherever they stand on the page, and open with a click; marked text can be explained.
//
// Nothing on the page is changed for it: the browser highlights ranges of text (CSS Custom Highlight API), so what
// Streamlit and other components draw stays theirs. A browser without it still has Alt+G and the marking of text.

/** @import {Component} from '../components/browser/streamlit.js' */

import {clamp, fill, living, make} from '../components/browser/dom.js';
import {newId} from '../components/browser/ids.js';

const HIGHLIGHT = 'mv-explained';
const TYPED = 'input, textarea, select, [contenteditable], .mv-glossary';
/** Where a click means something else already; the components' rows and cells among it. */
const CLICKED = `${TYPED}, button, a, code, pre, svg, script, style, [role=button], [role=tab], .mv-root`;
const SETTLED = 250; // milliseconds without a change before the page is read again
const RANGES = 200;
const LONGEST = 60;

/**
 * @typedef {{id: string, name: string, meaning: string, by?: string}} Term
 * @typedef {{left: number, top: number, bottom: number}} Spot  in the window, in pixels
 */

/** @param {string} text */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * One expression for all words, the longest first. A plural s is the same word; a part of a name such as
 * `ingress/nginx-pod` is none.
 * @param {Term[]} terms
 */
export function expression(terms) {
  const names = terms
    .map(({name}) => name)
    .sort((one, other) => other.length - one.length)
    .map(escaped);
  return names.length
    ? new RegExp(`(?<![\\p{L}\\p{N}_/.:-])(${names.join('|')})s?(?![\\p{L}\\p{N}_/-]|[.:][\\p{L}\\p{N}])`, 'giu')
    : null;
}

class Glossary {
  /** @type {(term: Term) => void} */
  tell;
  /** @type {Map<string, Term>} */
  terms = new Map(); // by name, in small letters
  /** @type {RegExp | null} */
  words = null;
  /** @type {{range: Range, term: Term | undefined}[]} */
  found = [];
  next = 0;
  told = ''; // the terms as they came last
  text = ''; // what somebody marked
  /** @type {Spot} */
  at = {left: 0, top: 0, bottom: 0};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  waiting;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.card = make('div', {
      class: 'mv-glossary mv-root',
      role: 'dialog',
      'aria-label': 'Glossary',
      hidden: true,
    });
    this.offer = make('button', {
      type: 'button',
      class: 'mv-glossary mv-offer',
      hidden: true,
      onclick: () => this.explainMarked(),
    });
    parent.append(this.card, this.offer);
    this.watcher = new MutationObserver(
      (changes) => changes.some(({target}) => !this.isOurs(target)) && this.readSoon(),
    );
    this.watcher.observe(document.body, {childList: true, subtree: true, characterData: true});
    this.listening = new AbortController();
    const {signal} = this.listening;
    document.addEventListener('click', (event) => this.clicked(event), {signal});
    document.addEventListener('keydown', (event) => this.pressed(event), {signal});
    document.addEventListener('selectionchange', () => this.marked(), {signal});
    document.addEventListener('scroll', () => this.offer.toggleAttribute('hidden', true), {signal});
  }

  /**
   * @param {{terms: Term[]}} data
   * @param {(term: Term) => void} tell
   */
  update({terms}, tell) {
    this.tell = tell;
    const told = JSON.stringify(terms);
    if (told === this.told) return;
    this.told = told;
    this.terms = new Map(terms.map((term) => [term.name.toLowerCase(), term]));
    this.words = expression(terms);
    this.readSoon();
  }

  dispose() {
    clearTimeout(this.waiting);
    this.watcher.disconnect();
    this.listening.abort();
    globalThis.CSS?.highlights?.delete(HIGHLIGHT);
    this.card.remove();
    this.offer.remove();
  }

  /** @param {Node} node */
  isOurs(node) {
    return node === this.card || node === this.offer || this.card.contains(node) || this.offer.contains(node);
  }

  readSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.read(), SETTLED);
  }

  /** Every place where an explained word stands in running text. */
  read() {
    this.found = [];
    const page = document.querySelector('.stMain') ?? document.body;
    const texts = document.createTreeWalker(page, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) =>
        node.nodeValue?.trim() && !node.parentElement?.closest(CLICKED)
          ? NodeFilter.FILTER_ACCEPT
          : NodeFilter.FILTER_REJECT,
    });
    while (this.words && this.found.length < RANGES && texts.nextNode())
      this.readText(texts.currentNode, this.words);
    if (!globalThis.CSS?.highlights) return;
    const ranges = this.found.map(({range}) => range);
    if (ranges.length) CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
    else CSS.highlights.delete(HIGHLIGHT);
  }

  /**
   * @param {Node} node
   * @param {RegExp} words
   */
  readText(node, words) {
    for (const match of (node.nodeValue ?? '').matchAll(words)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      this.found.push({range, term: this.terms.get(match[1].toLowerCase())});
    }
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const path = event.composedPath(); // as it was when the click began: the card may have changed since
    if (path.includes(this.card) || path.includes(this.offer)) return;
    const [pointed] = path;
    this.close();
    if (!(pointed instanceof Element) || pointed.closest(CLICKED) || !getSelection()?.isCollapsed) return;
    const hit = this.found.find(({range}) =>
      [...range.getClientRects()].some(
        ({left, right, top, bottom}) =>
          event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom,
      ),
    );
    if (hit?.term) this.open(hit.term, hit.range.getBoundingClientRect());
  }

  /**
   * Alt+G goes from one explained word on the page to the next.
   * @param {KeyboardEvent} event
   */
  pressed(event) {
    if (event.key === 'Escape' && !this.card.hidden) this.close();
    else if (event.altKey && event.code === 'KeyG' && this.found.length) {
      this.visit();
    } else return;
    event.preventDefault();
  }

  /** Go to the next explained word. */
  visit() {
    const {term, range} = this.found[this.next % this.found.length];
    this.next = (this.next + 1) % this.found.length;
    range.startContainer.parentElement?.scrollIntoView({block: 'nearest'});
    if (term) this.open(term, range.getBoundingClientRect(), true);
  }

  /** Text somebody marked can be explained, if it is a word or a few. */
  marked() {
    const chosen = getSelection();
    const text = String(chosen ?? '')
      .trim()
      .replace(/\s+/g, ' ');
    const where = chosen?.anchorNode?.parentElement;
    const short = text.length > 1 && text.length <= LONGEST;
    const apt = short && where && !where.closest(TYPED) && where.closest('.stMain');
    this.offer.toggleAttribute('hidden', !apt || !this.card.hidden);
    if (!chosen || !apt) return;
    this.text = text;
    const {left, top, bottom} = chosen.getRangeAt(0).getBoundingClientRect();
    this.at = {left, top, bottom};
    this.offer.textContent = this.terms.has(text.toLowerCase()) ? `What “${text}” means` : `Explain “${text}”`;
    this.offer.style.left = `${clamp(left, 8, innerWidth - 260)}px`;
    this.offer.style.top = `${bottom + 6}px`;
  }

  explainMarked() {
    const {text, at} = this;
    this.offer.toggleAttribute('hidden', true);
    const term = this.terms.get(text.toLowerCase());
    if (term) this.open(term, at, true);
    else this.edit({id: newId(), name: text, meaning: ''}, at);
  }

  /**
   * @param {Term} term
   * @param {Spot} at
   */
  open(term, at, focused = false) {
    const better = make('button', {
      type: 'button',
      class: 'mv-quiet',
      text: 'Edit',
      onclick: () => this.edit(term, at),
    });
    fill(
      this.card,
      make('h2', {text: term.name}),
      make('p', {text: term.meaning}),
      make('p', {class: 'mv-small'}, term.by ? `${term.by} · ` : '', better),
    );
    this.show(at);
    if (focused) better.focus();
  }

  /**
   * @param {Term} term
   * @param {Spot} at
   */
  edit(term, at) {
    const words = make('textarea', {
      rows: '4',
      maxlength: '1000',
      'aria-label': `What “${term.name}” means`,
      placeholder: 'For someone who has never heard it',
    });
    words.value = term.meaning;
    const keep = () => {
      const meaning = words.value.trim();
      if (!meaning) {
        words.focus();
        return;
      }
      this.tell({id: term.id, name: term.name, meaning});
      this.close();
    };
    words.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
      if (event.key === 'Escape') this.close();
    });
    fill(
      this.card,
      make('h2', {text: term.name}),
      words,
      make(
        'p',
        {class: 'mv-small'},
        make('button', {type: 'button', class: 'mv-save', text: 'Save', onclick: keep}),
        make('button', {type: 'button', class: 'mv-quiet', text: 'Cancel', onclick: () => this.close()}),
      ),
    );
    this.show(at);
    words.focus();
  }

  /** @param {Spot} spot */
  show({left, top, bottom}) {
    this.card.hidden = false;
    const {width, height} = this.card.getBoundingClientRect();
    const below = bottom + 8 + height <= innerHeight;
    this.card.style.left = `${clamp(left, 8, Math.max(8, innerWidth - width - 8))}px`;
    this.card.style.top = `${below ? bottom + 8 : Math.max(8, top - height - 8)}px`;
  }

  close() {
    this.card.hidden = true;
  }
}

/** @param {Component<{terms: Term[]}>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'glossary',
    (element) => new Glossary(element),
    (glossary) => glossary.update(data, (term) => setTriggerValue('explained', term)),
  );
}
