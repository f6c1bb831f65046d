// Ways through the stops of a morning: a lane a walk, height is time. Drawn once, and placed anew for every width.

/** @import {Component} from '../components/browser/streamlit.js' */

import {draw, fill, living, make, pixels} from '../components/browser/dom.js';

/** Tops and bottoms are shares of the longest lane's time. */
/** @typedef {{kind: string, text: string, top: number}} Noticed */
/** @typedef {{title: string, top: number, bottom: number}} Aside */
/** @typedef {Aside & {stayed: string, asides: Aside[], noticed: Noticed[]}} Stay */
/** @typedef {{name: string, stays: Stay[]}} Lane */
/** @typedef {{left: number, right: number, leftStay: number, rightStay: number, bothNoticed: boolean}} Join */
/** @typedef {{lanes: Lane[], joins: Join[]}} Data */

const SHORTEST = 25; // pixels that a name needs
const LOWEST = 380;
const HIGHEST = 1400;
const WORDS_FROM = 640; // below that, people's words stand under the lanes
const WIDEST = 176;
const APART = 5;

/**
 * So that the shortest stay can be read, within bounds.
 * @param {Lane[]} lanes
 */
function heightOf(lanes) {
  const shares = lanes
    .flatMap(({stays}) => stays.map(({top, bottom}) => bottom - top))
    .filter((share) => share > 0);
  return Math.round(Math.min(HIGHEST, Math.max(LOWEST, SHORTEST / Math.min(1, ...shares))));
}

/**
 * Where lanes stand: two in the middle with room for words outside, where there is any; else all over the width.
 * @param {number} lanes
 * @param {number} width
 */
function layout(lanes, width) {
  const beside = lanes === 2 && width >= WORDS_FROM;
  const lane = Math.min(WIDEST, beside ? width * 0.2 : (width / lanes) * 0.74);
  const gap = beside ? Math.min(WIDEST, width * 0.14) : (width - lane * lanes) / Math.max(1, lanes - 1);
  const first = beside ? (width - 2 * lane - gap) / 2 : 0;
  return {beside, lane, gap, lefts: Array.from({length: lanes}, (_, number) => first + number * (lane + gap))};
}

/** @param {Noticed[]} noticed */
function spoken(noticed) {
  return noticed.map(({kind, text}) => make('p', {}, make('b', {text: kind}), ` ${text}`));
}

class Picture {
  /** @type {Data} */
  data = {lanes: [], joins: []};

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.root = make('div', {class: 'mv-ways'});
    parent.append(this.root);
    this.observer = new ResizeObserver(() => this.#place());
    this.observer.observe(parent);
    this.width = 0;
  }

  /** @param {Data} data */
  update(data) {
    this.data = data;
    this.width = 0;
    this.#place();
  }

  dispose() {
    this.observer.disconnect();
    this.root.remove();
  }

  #place() {
    const width = this.root.clientWidth;
    if (!width || width === this.width) return;
    this.width = width;
    const {lanes, joins} = this.data;
    const {beside, lane, gap, lefts} = layout(lanes.length, width);
    const height = heightOf(lanes);
    const drawn = make('div', {class: 'mv-ways-lanes', style: pixels({height})});
    fill(drawn, this.#joins(joins, lefts, lane, height));
    for (const [number, each] of lanes.entries()) drawn.append(this.#lane(each, lefts[number] ?? 0, lane, height));
    fill(this.root, this.#names(lefts, lane + gap * 0.7), drawn, !beside && this.#words());
    if (beside) this.#wordsBeside(drawn, lefts, lane, height);
  }

  /**
   * @param {number[]} lefts
   * @param {number} room
   */
  #names(lefts, room) {
    const names = this.data.lanes.map(({name}, number) =>
      make('b', {
        text: name,
        style: pixels({left: lefts[number] ?? 0, width: Math.min(room, this.width - (lefts[number] ?? 0))}),
      }),
    );
    return make('div', {class: 'mv-ways-names', 'aria-hidden': 'true'}, names);
  }

  /**
   * @param {Lane} lane
   * @param {number} left
   * @param {number} width
   * @param {number} height
   */
  #lane(lane, left, width, height) {
    const list = make('ol', {'aria-label': lane.name});
    for (const stay of lane.stays) {
      const top = stay.top * height;
      const tall = Math.max(2, (stay.bottom - stay.top) * height - APART);
      const classes = `mv-ways-stay${stay.noticed.length ? ' mv-ways-noticed' : ''}${tall < 18 ? ' mv-ways-low' : ''}`;
      const said = stay.noticed.length ? make('span', {class: 'mv-aloud', text: 'noticed something'}) : null;
      list.append(
        make(
          'li',
          {class: classes, title: stay.title, style: pixels({left, top, width, height: tall})},
          make('span', {text: stay.title}),
          make('span', {class: 'mv-ways-time', text: stay.stayed}),
          said,
          stay.asides.map((aside) => {
            const from = (aside.top - stay.top) * height;
            const place = pixels({top: from, height: Math.max(2, (aside.bottom - aside.top) * height - APART)});
            return make('span', {
              class: 'mv-ways-aside',
              title: `aside: ${aside.title}`,
              text: aside.title,
              style: place,
            });
          }),
        ),
      );
    }
    return list;
  }

  /**
   * @param {Join[]} joins
   * @param {number[]} lefts
   * @param {number} lane
   * @param {number} height
   */
  #joins(joins, lefts, lane, height) {
    const {lanes} = this.data;
    const svg = draw('svg', {width: this.width, height, 'aria-hidden': 'true'});
    for (const join of [...joins].sort((one, other) => Number(one.bothNoticed) - Number(other.bothNoticed))) {
      const here = lanes[join.left]?.stays[join.leftStay];
      const there = lanes[join.right]?.stays[join.rightStay];
      if (!here || !there) continue;
      const [x, y] = [(lefts[join.left] ?? 0) + lane + 6, ((here.top + here.bottom) / 2) * height - APART / 2];
      const [toX, toY] = [(lefts[join.right] ?? 0) - 6, ((there.top + there.bottom) / 2) * height - APART / 2];
      const bend = (toX - x) * 0.45;
      const path = `M${x} ${y}C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}`;
      svg.append(draw('path', {d: path, class: join.bothNoticed ? 'mv-ways-both' : ''}));
    }
    return svg;
  }

  /**
   * As high as they were written, and below each other where they would overlap.
   * @param {HTMLElement} drawn
   * @param {number[]} lefts
   * @param {number} lane
   * @param {number} height
   */
  #wordsBeside(drawn, lefts, lane, height) {
    let lowest = height;
    for (const [number, {stays}] of this.data.lanes.entries()) {
      const outer = (lefts[0] ?? 0) - 20;
      const left = number ? (lefts[1] ?? 0) + lane + 20 : 0;
      let free = 0;
      for (const stay of stays.filter(({noticed}) => noticed.length)) {
        const words = make('div', {class: `mv-ways-words${number ? '' : ' mv-ways-left'}`}, spoken(stay.noticed));
        drawn.append(words);
        Object.assign(words.style, pixels({left, top: Math.max(free, stay.top * height), width: outer}));
        free = words.offsetTop + words.offsetHeight + 10;
      }
      lowest = Math.max(lowest, free);
    }
    drawn.style.height = `${lowest}px`;
  }

  #words() {
    return this.data.lanes.map(({name, stays}) =>
      make(
        'section',
        {class: 'mv-ways-below'},
        make('p', {class: 'mv-ways-whose', text: name}),
        stays
          .filter(({noticed}) => noticed.length)
          .map(({title, noticed}) => make('div', {}, make('small', {text: title}), spoken(noticed))),
      ),
    );
  }
}

/** @param {Component<Data>} component */
export default function ({data, parentElement}) {
  return living(
    parentElement,
    'ways',
    (element) => new Picture(element),
    (picture) => picture.update(data),
  );
}
