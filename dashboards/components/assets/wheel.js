// The wheel. The server says where it stops; the browser only shows how it gets there.

import {draw, fill, living, make} from './dom.js';

const RIM = 478, BAND = 10, HUB = 118, BETWEEN = 196;
const TURN = 5200, ROUNDS = 5, LATE = 9000;
const EASE = 'cubic-bezier(.12, .72, .12, 1)';
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

let paths = 0;

const point = (radius, degrees) => {
  const angle = degrees * Math.PI / 180;
  return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
};

/** A piece of a ring; a whole ring is drawn in two halves, since an arc to where it began is nothing. */
function piece(inner, outer, from, to) {
  if (to - from > 359.99) return `${piece(inner, outer, from, from + 180)} ${piece(inner, outer, from + 180, from + 359.98)}`;
  const large = to - from > 180 ? 1 : 0;
  return `M ${point(outer, from)} A ${outer} ${outer} 0 ${large} 1 ${point(outer, to)} L ${point(inner, to)} A ${inner} ${inner} 0 ${large} 0 ${point(inner, from)} Z`;
}

/** Cut in its middle, since names that begin alike often end apart. */
function shortened(name, room) {
  const letters = [...name];
  if (letters.length <= room) return name;
  const first = Math.max(1, Math.floor((room - 1) * 0.4));
  return `${letters.slice(0, first).join('')}…${letters.slice(letters.length - Math.max(1, room - 1 - first)).join('')}`;
}

const LETTER = 0.55, READABLE = 11.2;

/** A segment's name from the rim towards the middle, upright where the wheel will stand. */
function nameAcross({name, share}, {from, to, inner, outer, rest, height}) {
  const middle = (from + to) / 2, edge = outer - BAND - 13, room = edge - inner - 13;
  const size = Math.min(height, Math.max(11, share * 2 * Math.PI * (outer - 60) * 0.62));
  const upsideDown = Math.cos((middle + rest) * Math.PI / 180) < -0.01;
  return [draw('text', {
    class: 'mv-segment-name', 'font-size': size.toFixed(1), 'dominant-baseline': 'central', text: shortened(name, Math.floor(room / (size * LETTER))),
    transform: `rotate(${middle.toFixed(3)}) translate(${edge} 0) rotate(${upsideDown ? 180 : 0})`, 'text-anchor': upsideDown ? 'start' : 'end',
  })];
}

/** A segment's name along the ring. */
function nameAlong({name}, {from, to, inner, outer, rest, height}) {
  const radius = (inner + outer - BAND) / 2, middle = (from + to) / 2, size = height * 1.1;
  const half = Math.min((to - from) / 2, 80);
  const upsideDown = Math.sin((middle + rest) * Math.PI / 180) > 0.01;
  const [start, end] = upsideDown ? [middle + half, middle - half] : [middle - half, middle + half];
  const id = `mv-along-${++paths}`, room = Math.floor(half * 2 / 180 * Math.PI * radius / (size * LETTER)) - 1;
  const text = draw('text', {class: 'mv-segment-name', 'font-size': size, 'dominant-baseline': 'central', 'text-anchor': 'middle'},
    draw('textPath', {href: `#${id}`, startOffset: '50%', text: shortened(name, room)}));
  return [draw('path', {id, fill: 'none', d: `M ${point(radius, start)} A ${radius} ${radius} 0 0 ${upsideDown ? 0 : 1} ${point(radius, end)}`}), text];
}

const modulo = (degrees) => ((degrees % 360) + 360) % 360;

/** One ring: its segments, and how far it is turned. The pointer is at 0 degrees, on the right. */
class Ring {
  constructor() {
    this.node = draw('g', {class: 'mv-ring'});
    this.rotation = -90;
  }

  /** Draw it anew; gives the rotation at which it stands at its segment. Names are `height` high, and follow the ring if `along`. */
  show({segments, landed, at}, {inner, outer, along, height}) {
    const starts = [];
    let angle = 0;
    for (const {share} of segments) {
      starts.push(angle);
      angle += share * 360;
    }
    const rest = landed < 0 ? this.rotation : -(starts[landed] + segments[landed].share * 360 * at);
    const name = along ? nameAlong : nameAcross;
    this.node.replaceChildren(...segments.map((segment, place) => {
      const from = starts[place], to = from + segment.share * 360;
      return draw('g', {class: `mv-segment${place === landed ? ' mv-here' : ''}${place % 2 ? ' mv-odd' : ''}`, style: `--tone: var(--${segment.tone})`},
        draw('title', {text: `${segment.name} (${segment.sort})`}), draw('path', {class: 'mv-segment-face', d: piece(inner, outer, from, to)}),
        draw('path', {class: 'mv-segment-band', d: piece(outer - BAND, outer, from, to)}), ...name(segment, {from, to, inner, outer, rest, height}));
    }));
    return rest;
  }

  stand(rotation) {
    this.rotation = rotation;
    this.node.style.transform = `rotate(${rotation}deg)`;
  }

  /** Turn on to where it shall stand, slower and slower. */
  async turn(rest, way, time) {
    const before = this.rotation;
    const after = before + way * (ROUNDS * 360 + modulo(way * (rest - before)));
    this.stand(rest);
    const turning = this.node.animate([{transform: `rotate(${before}deg)`}, {transform: `rotate(${after}deg)`}], {duration: time, easing: EASE});
    await turning.finished.catch(() => undefined);
  }
}

class Wheel {
  constructor(parent) {
    this.rings = [new Ring(), new Ring()];
    this.svg = draw('svg', {viewBox: '-500 -500 1000 1000', 'aria-hidden': 'true'}, ...this.rings.map((ring) => ring.node));
    this.pointer = make('i', {class: 'mv-pointer', 'aria-hidden': 'true'});
    this.button = make('button', {type: 'button', class: 'mv-hub', text: 'Spin', onclick: () => this.press()});
    this.status = make('p', {class: 'mv-unseen', role: 'status', 'aria-live': 'polite'});
    this.face = make('div', {class: 'mv-wheel-face'}, this.svg, this.pointer, this.button);
    this.root = make('div', {class: 'mv-root mv-wheel'}, this.face, this.status);
    parent.append(this.root);
    this.sizes = new ResizeObserver(() => this.#resized());
    this.sizes.observe(this.face);
  }

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
    this.send('spin', {seen: this.data.turn, id: crypto.randomUUID?.() ?? String(Math.random())});
    this.waiting = setTimeout(() => this.#wait(false), LATE);
  }

  #take() {
    const before = this.data, data = this.data = this.next;
    const same = JSON.stringify(before) === JSON.stringify(data);
    if (same) return;
    const turns = before !== undefined && data.turn !== '' && data.turn !== before.turn;
    const two = data.rings.length > 1;
    const rests = this.#show();
    if (!two) fill(this.rings[1].node);
    this.root.classList.toggle('mv-empty', !data.spins);
    if (turns && !calm()) this.#turn(rests, data);
    else this.#stand(rests, data);
  }

  /** Draw the rings, names as large as can be read; gives where they stand. */
  #show() {
    const {rings} = this.data, two = rings.length > 1;
    const height = Math.min(34, Math.max(20, READABLE * 1000 / (this.face.clientWidth || 560)));
    const bounds = [{inner: two ? BETWEEN + 4 : HUB, outer: RIM, height}, {inner: HUB, outer: BETWEEN, along: true, height}];
    return rings.map((ring, place) => this.rings[place].show(ring, bounds[place]));
  }

  #resized() {
    if (this.data && !this.turning) this.#stand(this.#show(), this.data);
  }

  async #turn(rests, data) {
    this.turning = true;
    clearTimeout(this.waiting);
    this.#wait(true);
    this.status.textContent = '';
    this.root.classList.add('mv-turning');
    await Promise.all(rests.map((rest, place) => this.rings[place].turn(rest, place ? -1 : 1, TURN * (place ? 1.2 : 1))));
    this.turning = false;
    this.root.classList.remove('mv-turning');
    this.#stand(rests, data);
    this.#take();
  }

  #stand(rests, data) {
    rests.forEach((rest, place) => this.rings[place].stand(rest));
    this.root.dataset.stands = data.turn;
    if (this.status.textContent !== data.says) this.status.textContent = data.says;
    clearTimeout(this.waiting);
    this.#wait(!data.spins);
  }

  #wait(waiting) {
    this.button.setAttribute('aria-disabled', String(waiting));
  }
}

export default function ({data, parentElement, setTriggerValue}) {
  return living(parentElement, 'wheel', (element) => new Wheel(element), (wheel) => wheel.update(data, setTriggerValue));
}
