// A dependency graph at places that the server computed. A part that is chosen shows its own lines.

import {draw, fill, living, make} from './dom.js';

const HARD = {'stops us': 1, 'degrades us': 2, 'only slows us': 3};
let graphs = 0;

const shortened = (name, room = 19) => ([...name].length > room ? `${[...name].slice(0, 8).join('')}…${[...name].slice(9 - room).join('')}` : name);

class Graph {
  constructor(parent) {
    this.id = `mv-arrow-${++graphs}`;
    this.svg = draw('svg', {class: 'mv-graph', 'aria-hidden': 'true'});
    this.told = make('ul', {class: 'mv-unseen'});
    this.root = make('div', {class: 'mv-root mv-graph-frame', tabindex: '0', role: 'group', 'aria-label': 'Dependency graph'}, this.svg, this.told);
    parent.append(this.root);
    this.svg.addEventListener('pointerover', (event) => this.light(event.target.closest('[data-part]')?.dataset.part));
    this.svg.addEventListener('pointerleave', () => this.light());
  }

  update(data) {
    const state = JSON.stringify(data);
    if (state === this.state) return;
    this.state = state;
    const names = new Map(data.parts.map((part) => [part.id, part.name]));
    this.svg.setAttribute('viewBox', `0 0 ${data.width} ${data.height}`);
    this.svg.setAttribute('width', data.width);
    this.svg.setAttribute('height', data.height);
    this.svg.replaceChildren(this.arrow(), ...data.cycles.map((box) => this.cycle(box)),
      ...data.lines.map((line) => this.line(line)), ...data.parts.map((part) => this.part(part)));
    fill(this.told, data.lines.map((line) => make('li', {text: `${names.get(line.needs)} needs ${names.get(line.needed)}: ${line.how || 'observed'}`})));
  }

  arrow() {
    return draw('defs', {}, draw('marker', {id: this.id, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto'},
      draw('path', {d: 'M 0 0.5 L 8 4 L 0 7.5 z', class: 'mv-arrow'})));
  }

  cycle({x, y, width, height}) {
    return draw('g', {class: 'mv-cycle'}, draw('rect', {x, y, width, height, rx: 14}), draw('text', {x: x + 12, y: y - 6, text: 'a cycle'}));
  }

  line({needs, needed, path, how, observed}) {
    return draw('path', {d: path, class: `mv-need mv-need-${HARD[how] ?? 'seen'}${observed ? ' mv-need-observed' : ''}`, 'data-needs': needs, 'data-needed': needed, 'marker-end': `url(#${this.id})`});
  }

  part({id, name, x, y, width, height}) {
    return draw('g', {class: 'mv-part', 'data-part': id}, draw('title', {text: name}), draw('rect', {x, y, width, height, rx: 9}),
      draw('text', {x: x + width / 2, y: y + height / 2, 'text-anchor': 'middle', 'dominant-baseline': 'central', text: shortened(name)}));
  }

  light(part) {
    this.svg.classList.toggle('mv-lighting', Boolean(part));
    for (const line of this.svg.querySelectorAll('.mv-need')) line.classList.toggle('mv-lit', Boolean(part) && (line.dataset.needs === part || line.dataset.needed === part));
  }

  dispose() {
    this.root.remove();
  }
}

export default function ({data, parentElement}) {
  return living(parentElement, 'graph', (element) => new Graph(element), (graph) => graph.update(data));
}
