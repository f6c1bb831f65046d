// A number key jumps to its stop; ? shows the keys. Whoever types is left alone.

import {living, make} from './dom.js';

const HELP = [
  ['← →', 'the stop before, the next stop'], ['1 … 9', 'jump to a stop'], ['drag, or click', 'mark a stretch, a line, a row: then type, Enter'],
  ['Tab', 'to a chart or table; there the arrows move, Shift with them marks, Enter writes'], ['Esc', 'put away what is open; words stay'],
  ['double click', 'show a chart whole again'], ['?', 'this'],
];

const types = (node) => node instanceof Element && (node.matches('input, textarea, select, [contenteditable]') || node.isContentEditable);

class Keys {
  constructor(parent) {
    this.dialog = make('dialog', {class: 'mv-help', 'aria-label': 'Keys', onclick: (event) => event.target === this.dialog && this.dialog.close()},
      make('h3', {text: 'Keys'}),
      make('dl', {}, HELP.flatMap(([key, does]) => [make('dt', {text: key}), make('dd', {text: does})])),
      make('button', {type: 'button', class: 'mv-more', text: 'Close', onclick: () => this.dialog.close()}));
    this.root = make('div', {class: 'mv-root mv-keys'}, this.dialog);
    parent.append(this.root);
    this.listen = (event) => this.pressed(event);
    document.addEventListener('keydown', this.listen);
  }

  update({stops}, jump) {
    this.stops = stops;
    this.jump = jump;
  }

  dispose() {
    document.removeEventListener('keydown', this.listen);
    this.root.remove();
  }

  pressed(event) {
    if (types(event.composedPath()[0]) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === '?') {
      this.dialog.open ? this.dialog.close() : this.dialog.showModal();
    } else if (!this.dialog.open && /^[1-9]$/.test(event.key) && Number(event.key) <= this.stops) {
      this.jump(Number(event.key));
    } else return;
    event.preventDefault();
  }
}

export default function ({data, parentElement, setTriggerValue}) {
  return living(parentElement, 'keys', (element) => new Keys(element), (keys) => keys.update(data, (stop) => setTriggerValue('jump', stop)));
}
