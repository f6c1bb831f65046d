// A few numbers, large. Click one (or Enter): type, Enter.

/**
 * @import {Writable} from '../browser/composer.js'
 * @import {RowAnchor, RowMark} from '../browser/row_marks.js'
 * @import {Component, Send} from '../browser/streamlit.js'
 */

import {Composer} from '../browser/composer.js';
import {fill, living, make, placeAmong} from '../browser/dom.js';
import {dots, isThere, matches} from '../browser/row_marks.js';

/**
 * A number: its value in words, and what is normal, in words and as a tone.
 * @typedef {{name: string, text: string, normal: string, tone: string, anchor: RowAnchor}} Tile
 * @typedef {Writable & {label: string, tiles: Tile[], marks: RowMark[]}} Data
 */

class NumberTiles {
  /** @type {Data} */
  data;
  at = 0; // the tile one writes at

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.list = make('ul', {class: 'mv-tiles'});
    this.root = make('div', {class: 'mv-root'}, this.list);
    parent.append(this.root);
    this.composer = new Composer(
      this.root,
      (anchor) => this.placeOf(anchor),
      (_saved, focused) => this.closed(focused),
    );
  }

  /**
   * @param {Data} data
   * @param {Send} sendTrigger
   */
  update(data, sendTrigger) {
    this.data = data;
    this.composer.update(data, sendTrigger);
    const focused = placeAmong(this.faces, document.activeElement);
    this.list.setAttribute('aria-label', data.label);
    fill(
      this.list,
      data.tiles.map((tile, place) => this.tile(tile, place)),
    );
    this.focus(focused);
    this.composer.comeBack();
  }

  /** @returns {HTMLElement[]} */
  get faces() {
    return [...this.list.querySelectorAll('button.mv-tile-face')].filter((face) => face instanceof HTMLElement);
  }

  /** @param {number} place */
  focus(place) {
    this.faces[place]?.focus({preventScroll: true});
  }

  dispose() {
    this.composer.dispose();
    this.root.remove();
  }

  /**
   * @param {Tile} tile
   * @param {number} place
   */
  tile(tile, place) {
    const marks = this.data.marks.filter((mark) => matches(mark.anchor, tile.anchor));
    const words = [
      make('span', {class: 'mv-tile-name', text: tile.name, title: tile.name}),
      make('span', {class: 'mv-tile-value', text: tile.text}),
      tile.normal && make('span', {class: `mv-tile-normal mv-${tile.tone}-text`, text: tile.normal}),
    ];
    const face = this.data.writable
      ? make(
          'button',
          {
            type: 'button',
            class: 'mv-tile-face',
            title: 'Write what you notice',
            onclick: () => this.compose(place),
          },
          words,
        )
      : make('div', {class: 'mv-tile-face'}, words);
    return make(
      'li',
      {class: `mv-tile${marks.length ? ' mv-marked' : ''}`},
      face,
      make('div', {class: 'mv-tile-dots'}, dots(marks)),
    );
  }

  /** @param {number} place */
  compose(place) {
    this.composer.open(this.beneath(place));
  }

  /** @param {RowAnchor} anchor */
  placeOf(anchor) {
    const place = this.data.tiles.findIndex((tile) => isThere(tile.anchor, anchor));
    return place < 0 ? null : this.beneath(place);
  }

  /** @param {number} place */
  beneath(place) {
    this.at = place;
    const tile = this.data.tiles[place];
    const {offsetLeft, offsetTop, offsetWidth, offsetHeight} = this.list.querySelectorAll('li')[place];
    return {
      anchor: tile.anchor,
      where: `${tile.name}, ${tile.text}`,
      left: offsetLeft + offsetWidth / 2,
      top: offsetTop + offsetHeight + 6,
    };
  }

  /** @param {boolean} focused */
  closed(focused) {
    if (focused) this.focus(this.at);
  }
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'tiles',
    (element) => new NumberTiles(element),
    (tiles) => tiles.update(data, setTriggerValue),
  );
}
