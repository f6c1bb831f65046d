// Notices on a chart: a tinted stretch, a line on top of it, and its number. Overlapping ones stay readable.

import {make, showNotice} from './dom.js';
import {sample} from './series.js';

const ROOM = 26, LANE = 5, LANES = 4;
const same = (one, other) => {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};

/** Which lane each mark's line takes, so that overlapping lines lie above one another. */
function lanes(placed) {
  const ends = [];
  for (const mark of placed) {
    let lane = ends.findIndex((end) => end <= mark.left - 2);
    if (lane < 0) lane = ends.length < LANES ? ends.length : ends.indexOf(Math.min(...ends));
    ends[lane] = mark.right;
    mark.lane = lane;
  }
}

/** Centres of the numbers, in order, none on top of another while there is room. */
function spread(placed, geometry) {
  const room = Math.min(ROOM, geometry.width / Math.max(1, placed.length));
  const sorted = [...placed].sort((one, other) => one.middle - other.middle);
  let edge = -Infinity;
  for (const mark of sorted) {
    mark.at = Math.max(mark.middle, edge + room);
    edge = mark.at;
  }
  edge = geometry.right + ROOM / 2;
  for (const mark of sorted.reverse()) {
    mark.at = Math.min(mark.at, edge - room);
    edge = Math.min(mark.at, edge);
  }
}

function place(mark, geometry) {
  const [left, right] = [geometry.clampX(geometry.x(mark.start)), geometry.clampX(geometry.x(mark.end))];
  return {...mark, left, right, middle: (left + right) / 2};
}

/** The panels a mark belongs to: those of its series, or all. */
function panelsOf(mark, all, geometry) {
  const named = new Set(all.filter((series) => mark.series.some((labels) => same(labels, series.labels))).map((series) => series.panel));
  return named.size ? geometry.panels.filter((panel) => named.has(panel.name)) : geometry.panels;
}

function tint(mark, all, geometry) {
  return panelsOf(mark, all, geometry).map(({top, bottom}) => make('div', {
    class: mark.start === mark.end ? 'mv-moment' : 'mv-stretch', 'data-people': mark.people > 1 && mark.people,
    style: {left: `${mark.left}px`, width: `${Math.max(mark.start === mark.end ? 0 : 2, mark.right - mark.left)}px`, top: `${top}px`, height: `${bottom - top}px`},
  }));
}

/** A ring on each series that a mark of one moment names. */
function rings(mark, all, geometry) {
  if (mark.start !== mark.end) return [];
  return all.filter((series) => !series.stacked && mark.series.some((labels) => same(labels, series.labels))).flatMap((series) => {
    const {value} = sample(series, mark.start);
    return value === null ? [] : [make('div', {class: 'mv-ring', style: {left: `${mark.left}px`, top: `${geometry.y(value, series.panel)}px`}})];
  });
}

/** Draw `marks` into the layers below and above the lines. `tell(mark, element)` shows a mark's words, or hides them with null. */
export function drawMarks(marks, all, geometry, below, above, tell) {
  const placed = marks.filter((mark) => mark.end >= geometry.range[0] && mark.start <= geometry.range[1])
    .map((mark) => place(mark, geometry)).sort((one, other) => one.left - other.left);
  lanes(placed);
  spread(placed, geometry);
  below.replaceChildren(...placed.flatMap((mark) => tint(mark, all, geometry)));
  above.replaceChildren(...placed.flatMap((mark) => {
    const dot = make('button', {
      type: 'button', class: 'mv-dot', text: mark.number, 'aria-label': `Notice ${mark.number}, ${mark.kind}, by ${mark.author}: ${mark.text}`, 'data-people': mark.people > 1 && mark.people,
      style: {left: `${mark.at}px`, top: `${geometry.top}px`}, onclick: () => showNotice(mark.id),
      onpointerenter: () => tell(mark, dot), onpointerleave: () => tell(null), onfocus: () => tell(mark, dot), onblur: () => tell(null),
    });
    const line = make('div', {class: 'mv-topline', 'data-people': mark.people > 1 && mark.people, style: {left: `${mark.left}px`, width: `${Math.max(2, mark.right - mark.left)}px`, top: `${geometry.top - 1 - mark.lane * LANE}px`}});
    return [line, ...rings(mark, all, geometry), dot];
  }));
}
