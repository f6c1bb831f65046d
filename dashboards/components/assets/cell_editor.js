// One cell, open to write in. It lies above the sheet, so that whatever is drawn anew below leaves it alone.

import {clamp, fill, make} from './dom.js';

const WIDEST = 440;
const quote = (text) => (text.length > 240 ? `${text.slice(0, 240)}…` : text);

export class CellEditor {
  /**
   * `host` is what it lies in; `kept(place, text, knew)`, `gaveUp(place)`, `typed(place, draft)` and
   * `went(place, steps)` tell what somebody does.
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

  isAt(at) {
    return this.isOpen && this.place.at === at;
  }

  /** `place` is {at, row, field, title, probes, adds}; `start` what there is to begin with: {text, knew, base, trouble}. */
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

  /** Stay where the cell is; where it is gone, stay where one was. */
  follow(anchor) {
    if (!this.isOpen) return;
    if (anchor) {
      const room = this.host.getBoundingClientRect(), cell = (anchor.querySelector('.mv-face, .mv-several') ?? anchor).getBoundingClientRect();
      const width = clamp(cell.width + 24, Math.min(340, room.width), Math.max(WIDEST, Math.min(cell.width + 24, 720)));
      this.node.style.width = `${width}px`;
      this.node.style.left = `${clamp(cell.left - room.left - 13, 0, Math.max(0, room.width - width))}px`;
      this.node.style.top = `${Math.max(0, cell.top - room.top - 32)}px`;
    }
    this.#grow();
  }

  /** Others may have written here since: said beside one's own words, which stay as they are. */
  hear(cell) {
    const unseen = cell.texts.filter((each) => !this.knew.has(each.id) && !each.pending);
    const heard = unseen.map((each) => each.id).join();
    if (heard === this.heard && this.news.childElementCount === unseen.length) return;
    this.heard = heard;
    fill(this.news, unseen.map((each) => make('div', {class: 'mv-news'},
      make('p', {}, make('b', {text: each.by || 'Somebody'}), ' wrote here meanwhile; both will be kept.'),
      make('blockquote', {text: quote(each.text)}),
      make('button', {type: 'button', class: 'mv-quiet', text: 'Take it in', onclick: () => this.#takeIn(each)}))));
  }

  keep() {
    if (!this.isOpen) return;
    const text = this.line.value.trim(), {place} = this;
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
    this.another = make('button', {type: 'button', class: 'mv-quiet', text: 'Ask another way', onclick: () => {
      this.probe += 1;
      this.#ask();
      this.line.focus({preventScroll: true});
    }});
    this.news = make('div', {'aria-live': 'polite'});
    this.status = make('div', {class: 'mv-status', role: 'status'});
    const node = make('div', {class: 'mv-editor', role: 'group', 'aria-label': 'Write in this cell', hidden: true,
      onkeydown: (event) => this.#key(event), onfocusout: (event) => this.#left(event)},
    this.title, this.line, this.news, make('div', {class: 'mv-probe'}, this.asks, this.another), this.status,
    make('div', {class: 'mv-keys'}, make('kbd', {text: 'Ctrl Enter'}), ' keeps it · ', make('kbd', {text: 'Tab'}), ' goes on · ', make('kbd', {text: 'Esc'}), ' gives up'));
    return node;
  }

  #typed() {
    this.told.typed(this.place, {at: this.place.at, place: this.place, text: this.line.value, knew: [...this.knew], base: this.base});
    this.#grow();
  }

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

  /** Going elsewhere keeps it; another window in front does not mean that one is done. */
  #left({relatedTarget}) {
    if (this.isOpen && document.hasFocus() && !this.node.contains(relatedTarget)) this.keep();
  }

  #close() {
    this.node.hidden = true;
    this.heard = null;
  }

  #say(text) {
    this.status.textContent = text;
    this.status.classList.toggle('mv-trouble', Boolean(text));
  }
}
