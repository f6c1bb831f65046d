// A dependency graph at places that the server computed. A part that is chosen shows its own lines.

/** @import {Component} from '../../components/browser/streamlit.js' */

import {around, draw, fill, living, make} from '../../components/browser/dom.js';

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 * @typedef {Box & {id: string, name: string}} Part
 * @typedef {{needs: string, needed: string, path: string, how: string, observed: boolean}} Line
 * @typedef {{width: number, height: number, parts: Part[], cycles: Box[], lines: Line[]}} Data
 */

/** @type {Record<string, number>} */
const HARD = {'stops us': 1, 'degrades us': 2, 'only slows us': 3};
let graphs = 0;

const ROOM = 19; // letters that fit a box

/**
 * Cut in its middle, since names that begin alike often end apart.
 * @param {string} name
 */
export function shortened(name) {
  const letters = [...name];
  return letters.length > ROOM ? `${letters.slice(0, 8).join('')}…${letters.slice(9 - ROOM).join('')}` : name;
}

class Graph {
  state = ''; // what was drawn last

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.id = `mv-arrow-${++graphs}`;
    this.svg = draw('svg', {class: 'mv-graph', 'aria-hidden': 'true'});
    this.told = make('ul', {class: 'mv-unseen'});
    this.root = make(
      'div',
      {class: 'mv-root mv-graph-frame', tabindex: '0', role: 'group', 'aria-label': 'Dependency graph'},
      this.svg,
      this.told,
    );
    parent.append(this.root);
    this.svg.addEventListener('pointerover', (event) => this.light(around(event, '[data-part]')?.dataset.part));
    this.svg.addEventListener('pointerleave', () => this.light(undefined));
  }

  /** @param {Data} data */
  update(data) {
    const state = JSON.stringify(data);
    if (state === this.state) return;
    this.state = state;
    const names = new Map(data.parts.map((part) => [part.id, part.name]));
    this.svg.setAttribute('viewBox', `0 0 ${data.width} ${data.height}`);
    this.svg.setAttribute('width', String(data.width));
    this.svg.setAttribute('height', String(data.height));
    this.svg.replaceChildren(
      this.arrow(),
      ...data.cycles.map((box) => this.cycle(box)),
      ...data.lines.map((line) => this.line(line)),
      ...data.parts.map((part) => this.part(part)),
    );
    fill(
      this.told,
      data.lines.map((line) =>
        make('li', {text: `${names.get(line.needs)} needs ${names.get(line.needed)}: ${line.how || 'observed'}`}),
      ),
    );
  }

  arrow() {
    return draw(
      'defs',
      {},
      draw(
        'marker',
        {
          id: this.id,
          viewBox: '0 0 8 8',
          refX: 7,
          refY: 4,
          markerWidth: 8,
          markerHeight: 8,
          markerUnits: 'userSpaceOnUse',
          orient: 'auto',
        },
        draw('path', {d: 'M 0 0.5 L 8 4 L 0 7.5 z', class: 'mv-arrow'}),
      ),
    );
  }

  /** @param {Box} box */
  cycle({x, y, width, height}) {
    return draw(
      'g',
      {class: 'mv-cycle'},
      draw('rect', {x, y, width, height, rx: 14}),
      draw('text', {x: x + 12, y: y - 6, text: 'a cycle'}),
    );
  }

  /** @param {Line} line */
  line({needs, needed, path, how, observed}) {
    return draw('path', {
      d: path,
      class: `mv-need mv-need-${HARD[how] ?? 'seen'}${observed ? ' mv-need-observed' : ''}`,
      'data-needs': needs,
      'data-needed': needed,
      'marker-end': `url(#${this.id})`,
    });
  }

  /** @param {Part} part */
  part({id, name, x, y, width, height}) {
    return draw(
      'g',
      {class: 'mv-part', 'data-part': id},
      draw('title', {text: name}),
      draw('rect', {x, y, width, height, rx: 9}),
      draw('text', {
        x: x + width / 2,
        y: y + height / 2,
        'text-anchor': 'middle',
        'dominant-baseline': 'central',
        text: shortened(name),
      }),
    );
  }

  /** @param {string | undefined} part */
  light(part) {
    this.svg.classList.toggle('mv-lighting', Boolean(part));
    for (const line of this.svg.querySelectorAll('path')) {
      const {needs, needed} = line.dataset;
      line.classList.toggle('mv-lit', part !== undefined && (needs === part || needed === part));
    }
  }

  dispose() {
    this.root.remove();
  }
}

/** @param {Component<Data>} component */
export default function ({data, parentElement}) {
  return living(
    parentElement,
    'graph',
    (element) => new Graph(element),
    (graph) => graph.update(data),
  );
}
