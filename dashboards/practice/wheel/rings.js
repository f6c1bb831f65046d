// The wheel. The server says where it stops; the browser only shows how it gets there.

/** @import {Component, Send} from '../../components/browser/streamlit.js' */

import {draw, fill, living, make} from '../../components/browser/dom.js';

/**
 * As wide as its share of the ring, which is 1 in all. `tone` is a colour's name.
 * @typedef {{name: string, sort: string, tone: string, share: number}} Segment
 */

/**
 * Its segments, on which it stands (-1 for none), and how far into that from 0 to 1.
 * @typedef {{segments: Segment[], landed: number, at: number}} Landing
 */

/**
 * Between which radii a ring lies, how high its names are, and whether they follow it.
 * @typedef {{inner: number, outer: number, height: number, along?: boolean}} Bounds
 */

/**
 * Where a segment lies, in degrees, and at which rotation the wheel will stand.
 * @typedef {Bounds & {from: number, to: number, rest: number}} Sector
 */

/** @typedef {{turn: string, rings: Landing[], says: string, spins: boolean}} Data */

const RIM = 478;
const BAND = 10;
const HUB = 118;
const BETWEEN = 196;
const TURN = 5200;
const ROUNDS = 5;
const LATE = 9000;
const EASE = 'cubic-bezier(.12, .72, .12, 1)';
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

let paths = 0;

/**
 * @param {number} radius
 * @param {number} degrees
 */
const point = (radius, degrees) => {
  const angle = (degrees * Math.PI) / 180;
  return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
};

/**
 * A piece of a ring; a whole ring is drawn in two halves, since an arc to where it began is nothing.
 * @param {number} inner
 * @param {number} outer
 * @param {number} from
 * @param {number} to
 * @returns {string}
 */
function piece(inner, outer, from, to) {
  if (to - from > 359.99)
    return `${piece(inner, outer, from, from + 180)} ${piece(inner, outer, from + 180, from + 359.98)}`;
  const large = to - from > 180 ? 1 : 0;
  return `M ${point(outer, from)} A ${outer} ${outer} 0 ${large} 1 ${point(outer, to)} L ${point(inner, to)} A ${inner} ${inner} 0 ${large} 0 ${point(inner, from)} Z`;
}

/**
 * Cut in its middle, since names that begin alike often end apart.
 * @param {string} name
 * @param {number} room
 */
function shortened(name, room) {
  const letters = [...name];
  if (letters.length <= room) return name;
  const first = Math.max(1, Math.floor((room - 1) * 0.4));
  return `${letters.slice(0, first).join('')}…${letters.slice(letters.length - Math.max(1, room - 1 - first)).join('')}`;
}

const LETTER = 0.55;
const READABLE = 11.2;

/**
 * A segment's name from the rim towards the middle, upright where the wheel will stand.
 * @param {Segment} segment
 * @param {Sector} sector
 */
function nameAcross({name, share}, {from, to, inner, outer, rest, height}) {
  const middle = (from + to) / 2;
  const edge = outer - BAND - 13;
  const room = edge - inner - 13;
  const size = Math.min(height, Math.max(11, share * 2 * Math.PI * (outer - 60) * 0.62));
  const upsideDown = Math.cos(((middle + rest) * Math.PI) / 180) < -0.01;
  return [
    draw('text', {
      class: 'mv-segment-name',
      'font-size': size.toFixed(1),
      'dominant-baseline': 'central',
      text: shortened(name, Math.floor(room / (size * LETTER))),
      transform: `rotate(${middle.toFixed(3)}) translate(${edge} 0) rotate(${upsideDown ? 180 : 0})`,
      'text-anchor': upsideDown ? 'start' : 'end',
    }),
  ];
}

/**
 * A segment's name along the ring.
 * @param {Segment} segment
 * @param {Sector} sector
 */
function nameAlong({name}, {from, to, inner, outer, rest, height}) {
  const radius = (inner + outer - BAND) / 2;
  const middle = (from + to) / 2;
  const size = height * 1.1;
  const half = Math.min((to - from) / 2, 80);
  const upsideDown = Math.sin(((middle + rest) * Math.PI) / 180) > 0.01;
  const [start, end] = upsideDown ? [middle + half, middle - half] : [middle - half, middle + half];
  const id = `mv-along-${++paths}`;
  const room = Math.floor((((half * 2) / 180) * Math.PI * radius) / (size * LETTER)) - 1;
  const text = draw(
    'text',
    {class: 'mv-segment-name', 'font-size': size, 'dominant-baseline': 'central', 'text-anchor': 'middle'},
    draw('textPath', {href: `#${id}`, startOffset: '50%', text: shortened(name, room)}),
  );
  return [
    draw('path', {
      id,
      fill: 'none',
      d: `M ${point(radius, start)} A ${radius} ${radius} 0 0 ${upsideDown ? 0 : 1} ${point(radius, end)}`,
    }),
    text,
  ];
}

/** @param {number} degrees */
const modulo = (degrees) => ((degrees % 360) + 360) % 360;

/** One ring: its segments, and how far it is turned. The pointer is at 0 degrees, on the right. */
class Ring {
  constructor() {
    this.node = draw('g', {class: 'mv-ring'});
    this.rotation = -90;
  }

  /**
   * Draw it anew; gives the rotation at which it stands at its segment.
   * @param {Landing} landing
   * @param {Bounds} bounds
   */
  show({segments, landed, at}, bounds) {
    const {inner, outer} = bounds;
    /** @type {number[]} */
    const starts = [];
    let angle = 0;
    for (const {share} of segments) {
      starts.push(angle);
      angle += share * 360;
    }
    const rest = landed < 0 ? this.rotation : -(starts[landed] + segments[landed].share * 360 * at);
    const name = bounds.along ? nameAlong : nameAcross;
    this.node.replaceChildren(
      ...segments.map((segment, place) => {
        const from = starts[place];
        const to = from + segment.share * 360;
        return draw(
          'g',
          {
            class: `mv-segment${place === landed ? ' mv-here' : ''}${place % 2 ? ' mv-odd' : ''}`,
            style: `--tone: var(--${segment.tone})`,
          },
          draw('title', {text: `${segment.name} (${segment.sort})`}),
          draw('path', {class: 'mv-segment-face', d: piece(inner, outer, from, to)}),
          draw('path', {class: 'mv-segment-band', d: piece(outer - BAND, outer, from, to)}),
          ...name(segment, {...bounds, from, to, rest}),
        );
      }),
    );
    return rest;
  }

  /** @param {number} rotation */
  stand(rotation) {
    this.rotation = rotation;
    this.node.style.transform = `rotate(${rotation}deg)`;
  }

  /**
   * Turn on to where it shall stand, slower and slower.
   * @param {number} rest
   * @param {1 | -1} way
   * @param {number} time
   */
  async turn(rest, way, time) {
    const before = this.rotation;
    const after = before + way * (ROUNDS * 360 + modulo(way * (rest - before)));
    this.stand(rest);
    const turning = this.node.animate([{transform: `rotate(${before}deg)`}, {transform: `rotate(${after}deg)`}], {
      duration: time,
      easing: EASE,
    });
    await turning.finished.catch(() => undefined);
  }
}

class Wheel {
  /** @type {Data | undefined} */
  data;
  /** @type {Data} */
  next;
  /** @type {Send} */
  send;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  waiting;
  turning = false;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.rings = [new Ring(), new Ring()];
    this.svg = draw(
      'svg',
      {viewBox: '-500 -500 1000 1000', 'aria-hidden': 'true'},
      ...this.rings.map((ring) => ring.node),
    );
    this.pointer = make('i', {class: 'mv-pointer', 'aria-hidden': 'true'});
    this.button = make('button', {type: 'button', class: 'mv-hub', text: 'Spin', onclick: () => this.press()});
    this.status = make('p', {class: 'mv-unseen', role: 'status', 'aria-live': 'polite'});
    this.face = make('div', {class: 'mv-wheel-face'}, this.svg, this.pointer, this.button);
    this.root = make('div', {class: 'mv-root mv-wheel'}, this.face, this.status);
    parent.append(this.root);
    this.sizes = new ResizeObserver(() => this.#resized());
    this.sizes.observe(this.face);
  }

  /**
   * @param {Data} data
   * @param {Send} send
   */
  update(data, send) {
    this.send = send;
    this.next = data;
    if (!this.turning) this.#take();
  }

  dispose() {
    clearTimeout(this.waiting);
    this.sizes.disconnect();
    this.root.remove();
  }

  press() {
    if (this.button.getAttribute('aria-disabled') === 'true') return;
    this.#wait(true);
    this.send('spin', {seen: this.data?.turn, id: crypto.randomUUID?.() ?? String(Math.random())});
    this.waiting = setTimeout(() => this.#wait(false), LATE);
  }

  #take() {
    const before = this.data;
    const data = this.next;
    this.data = data;
    const same = JSON.stringify(before) === JSON.stringify(data);
    if (same) return;
    const turns = before !== undefined && data.turn !== '' && data.turn !== before.turn;
    const two = data.rings.length > 1;
    const rests = this.#show(data);
    if (!two) fill(this.rings[1].node);
    this.root.classList.toggle('mv-empty', !data.spins);
    if (turns && !calm()) this.#turn(rests, data);
    else this.#stand(rests, data);
  }

  /**
   * Draw the rings, names as large as can be read; gives where they stand.
   * @param {Data} data
   */
  #show({rings}) {
    const two = rings.length > 1;
    const height = Math.min(34, Math.max(20, (READABLE * 1000) / (this.face.clientWidth || 560)));
    const bounds = [
      {inner: two ? BETWEEN + 4 : HUB, outer: RIM, height},
      {inner: HUB, outer: BETWEEN, along: true, height},
    ];
    return rings.map((ring, place) => this.rings[place].show(ring, bounds[place]));
  }

  #resized() {
    if (this.data && !this.turning) this.#stand(this.#show(this.data), this.data);
  }

  /**
   * @param {number[]} rests
   * @param {Data} data
   */
  async #turn(rests, data) {
    this.turning = true;
    clearTimeout(this.waiting);
    this.#wait(true);
    this.status.textContent = '';
    this.root.classList.add('mv-turning');
    await Promise.all(
      rests.map((rest, place) => this.rings[place].turn(rest, place ? -1 : 1, TURN * (place ? 1.2 : 1))),
    );
    this.turning = false;
    this.root.classList.remove('mv-turning');
    this.#stand(rests, data);
    this.#take();
  }

  /**
   * @param {number[]} rests
   * @param {Data} data
   */
  #stand(rests, data) {
    for (const [place, rest] of rests.entries()) this.rings[place].stand(rest);
    this.root.dataset.stands = data.turn;
    if (this.status.textContent !== data.says) this.status.textContent = data.says;
    clearTimeout(this.waiting);
    this.#wait(!data.spins);
  }

  /** @param {boolean} waiting */
  #wait(waiting) {
    this.button.setAttribute('aria-disabled', String(waiting));
  }
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'wheel',
    (element) => new Wheel(element),
    (wheel) => wheel.update(data, setTriggerValue),
  );
}
