// The line one writes into, at the place one marked: type, Enter. The words stay until the server says it has them.

import {clamp, fill, make} from './dom.js';

const PATIENCE = 8000;
const drafts = new Map();      // by component key: survives a remount of the component, not of the page

/** A UUIDv7, so that sending the same words twice keeps them once. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = BigInt(Date.now());
  for (let place = 0; place < 6; place++) bytes[place] = Number((now >> BigInt(8 * (5 - place))) & 0xffn);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export class Composer {
  /** `host` is what the line is placed in; `closed(saved)` is called when it goes away. */
  constructor(host, closed) {
    this.host = host;
    this.closed = closed;
    this.node = this.#build();
    host.append(this.node);
  }

  get isOpen() {
    return !this.node.hidden;
  }

  get hasWords() {
    return this.isOpen && this.line.value.trim() !== '';
  }

  /** New data from the server: where to send, and what became of what was sent. */
  update({key, kinds, answer}, send) {
    this.key = key;
    this.send = send;
    if (!this.kinds.childElementCount) this.#offer(kinds);
    if (answer && this.pending && answer.id === this.pending.id) this.#answered(answer);
  }

  /** The draft that a component of this key left behind when it was taken off the page. */
  draft() {
    return drafts.get(this.key);
  }

  /**
   * Open at `place`: {anchor, where, left, top, actions?}; `left` and `top` in pixels of the host.
   * Words already typed for another place come along.
   */
  open(place) {
    if (this.pending) return;
    this.place = place;
    fill(this.where, make('span', {text: place.where, title: place.where, class: 'mv-where-text'}),
      (place.actions ?? []).map(({label, title, run}) => make('button', {type: 'button', class: 'mv-quiet', text: label, title, onclick: run})));
    const draft = this.draft();
    if (draft && !this.line.value) {
      this.line.value = draft.text;
      this.#choose(draft.kind);
    }
    this.node.hidden = false;
    this.#say('');
    this.#position(place);
    this.#grow();
    this.line.focus({preventScroll: true});
    this.node.scrollIntoView({block: 'nearest'});
  }

  close(saved = false) {
    if (!this.isOpen) return;
    const focused = this.node.contains(document.activeElement);
    this.node.hidden = true;
    clearTimeout(this.waiting);
    this.pending = null;
    this.#busy(false);
    if (saved) {
      this.line.value = '';
      drafts.delete(this.key);
    }
    this.closed(saved, focused);
  }

  dispose() {
    clearTimeout(this.waiting);
  }

  #build() {
    this.where = make('div', {class: 'mv-where'});
    this.kinds = make('div', {class: 'mv-kinds', role: 'radiogroup', 'aria-label': 'What kind of notice'});
    this.line = make('textarea', {rows: 1, maxlength: 4000, placeholder: 'What do you notice?', 'aria-label': 'What do you notice?',
      enterkeyhint: 'done', oninput: () => this.#typed()});
    this.button = make('button', {type: 'button', class: 'mv-save', 'aria-label': 'Save', title: 'Save (Enter)', onclick: () => this.save()},
      make('span', {class: 'mv-enter', 'aria-hidden': 'true'}));
    this.status = make('div', {class: 'mv-status', role: 'status'});
    const node = make('div', {class: 'mv-composer', role: 'dialog', 'aria-label': 'Write what you notice', hidden: true,
      onkeydown: (event) => this.#key(event)},
    this.where, this.kinds, make('div', {class: 'mv-line'}, this.line, this.button), this.status);
    for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'click', 'dblclick', 'keyup', 'wheel']) {
      node.addEventListener(kind, (event) => event.stopPropagation());
    }
    return node;
  }

  #offer(kinds) {
    const name = `kind-${newId()}`;
    fill(this.kinds, kinds.map((kind, place) => make('label', {class: `mv-kind mv-kind-${kind.split(' ')[0]}`},
      make('input', {type: 'radio', name, value: kind, checked: place === 0, onchange: () => this.#typed(),
        onclick: ({detail}) => detail && this.line.focus()}), make('span', {text: kind}))));
  }

  #choose(kind) {
    const input = [...this.kinds.querySelectorAll('input')].find((each) => each.value === kind);
    if (input) input.checked = true;
  }

  get #kind() {
    return this.kinds.querySelector('input:checked').value;
  }

  #typed() {
    drafts.set(this.key, {text: this.line.value, kind: this.#kind, anchor: this.place?.anchor});
    this.#grow();
    if (!this.pending) this.#say('');
  }

  #grow() {
    this.line.style.height = 'auto';
    this.line.style.height = `${Math.min(this.line.scrollHeight, 140)}px`;
  }

  #key(event) {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target !== this.button
      && !event.target.classList.contains('mv-quiet')) {
      event.preventDefault();
      this.save();
    }
  }

  save() {
    const text = this.line.value.trim();
    if (!text) {
      this.#say('A few words, then Enter.');
      this.line.focus();
      return;
    }
    if (this.pending && !this.late) return;
    this.pending = {id: this.late ? this.pending.id : newId(), text, kind: this.#kind, anchor: this.place.anchor};
    this.late = false;
    this.#busy(true);
    this.#say('Saving …');
    this.send(this.pending);
    this.waiting = setTimeout(() => this.#noAnswer(), PATIENCE);
  }

  #noAnswer() {
    this.late = true;
    this.#busy(false);
    this.#say('Not confirmed yet. Your words are kept here; Enter tries again.', true);
  }

  #answered({says}) {
    clearTimeout(this.waiting);
    this.late = false;
    if (says) {
      this.pending = null;
      this.#busy(false);
      this.#say(says, true);
      this.line.focus({preventScroll: true});
      return;
    }
    this.#say('Saved');
    this.node.classList.add('mv-saved');
    drafts.delete(this.key);
    this.line.value = '';
    setTimeout(() => {
      this.node.classList.remove('mv-saved');
      this.close(true);
    }, 700);
  }

  #busy(busy) {
    this.node.classList.toggle('mv-busy', busy);
    this.line.readOnly = busy;
  }

  #say(text, trouble = false) {
    this.status.textContent = text;
    this.status.classList.toggle('mv-trouble', trouble);
  }

  /** Beside the place, inside the host. */
  #position({left, top}) {
    const room = this.host.clientWidth;
    const width = Math.min(380, room);
    this.node.style.width = `${width}px`;
    this.node.style.left = `${clamp(left - width / 2, 0, Math.max(0, room - width))}px`;
    this.node.style.top = `${top}px`;
  }
}
