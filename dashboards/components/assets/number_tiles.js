// A few numbers, large. Click one (or Enter): type, Enter.

import {Composer} from './composer.js';
import {fill, living, make} from './dom.js';
import {dots, matches} from './row_marks.js';

class NumberTiles {
  constructor(parent) {
    this.list = make('ul', {class: 'mv-tiles'});
    this.root = make('div', {class: 'mv-root'}, this.list);
    parent.append(this.root);
    this.composer = new Composer(this.root, (saved, focused) => this.closed(focused));
  }

  update(data, sendTrigger) {
    this.data = data;
    this.composer.update(data, (written) => sendTrigger('mark', written));
    const focused = [...this.list.querySelectorAll('.mv-tile-face')].indexOf(document.activeElement);
    this.list.setAttribute('aria-label', data.label);
    fill(this.list, data.tiles.map((tile, place) => this.tile(tile, place)));
    if (focused >= 0) this.list.querySelectorAll('.mv-tile-face')[focused]?.focus({preventScroll: true});
  }

  dispose() {
    this.composer.dispose();
    this.root.remove();
  }

  tile(tile, place) {
    const marks = this.data.marks.filter((mark) => matches(mark.anchor, tile.anchor));
    const words = [
      make('span', {class: 'mv-tile-name', text: tile.name, title: tile.name}), make('span', {class: 'mv-tile-value', text: tile.text}),
      tile.normal && make('span', {class: `mv-tile-normal mv-${tile.tone}-text`, text: tile.normal}),
    ].filter(Boolean);
    const face = this.data.writable
      ? make('button', {type: 'button', class: 'mv-tile-face', title: 'Write what you notice', onclick: () => this.compose(place)}, words)
      : make('div', {class: 'mv-tile-face'}, words);
    return make('li', {class: `mv-tile${marks.length ? ' mv-marked' : ''}`}, face, make('div', {class: 'mv-tile-dots'}, dots(marks)));
  }

  compose(place) {
    this.at = place;
    const tile = this.data.tiles[place], node = this.list.children[place];
    this.composer.open({anchor: tile.anchor, where: `${tile.name}, ${tile.text}`, left: node.offsetLeft + node.offsetWidth / 2, top: node.offsetTop + node.offsetHeight + 6});
  }

  closed(focused) {
    if (focused) this.list.children[this.at]?.querySelector('.mv-tile-face').focus({preventScroll: true});
  }
}

export default function ({data, parentElement, setTriggerValue}) {
  return living(parentElement, 'tiles', (element) => new NumberTiles(element), (tiles) => tiles.update(data, setTriggerValue));
}
