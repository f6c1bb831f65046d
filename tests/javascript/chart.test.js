// What is worked out for a chart: its cells, its labels, the notices on it, and what one marks.

import assert from 'node:assert/strict';
import test from 'node:test';

import {cellAt} from '../../dashboards/components/chart/cells.js';
import {datedAxes} from '../../dashboards/components/chart/dates.js';
import {apart} from '../../dashboards/components/chart/labels.js';
import {lanes, spread} from '../../dashboards/components/chart/marks.js';
import {repaint} from '../../dashboards/components/chart/paint.js';
import {dragged, moment, ofCell, rectangle, saying} from '../../dashboards/components/chart/selection.js';
import {sayMoment, valuesAt} from '../../dashboards/components/chart/tip.js';
import {geometry, MINUTE, series, ZONE} from './figures.js';

const heatmap = {
  data: [
    {
      type: 'heatmap',
      x: [0, 100_000, 200_000],
      z: [
        [1, 2, 3],
        [4, null, 6],
      ],
      meta: {rows: ['fast', 'slow'], step: 100_000},
    },
  ],
};

/** Rows 0 and 1 of a heatmap lie around 0 and 1 of its axis. */
function cells() {
  const chart = geometry();
  chart.panels[0].range = [-0.5, 1.5];
  return chart;
}

test('a cell is found by its middle, with its time and its row', () => {
  const chart = cells();
  const cell = cellAt(heatmap, chart, chart.x(110_000), chart.y(0.2, 'y'));
  assert.deepEqual([cell.start, cell.end, cell.value, cell.where], [50_000, 150_000, 2, 'fast']);
  assert.ok(cell.top < chart.y(0, 'y') && chart.y(0, 'y') < cell.bottom);
});

test('an empty cell is a cell; beside the map, and without one, there is none', () => {
  const chart = cells();
  assert.equal(cellAt(heatmap, chart, chart.x(100_000), chart.y(1, 'y')).value, null);
  assert.equal(cellAt(heatmap, chart, chart.x(900_000), chart.y(1, 'y')), null);
  assert.equal(cellAt({data: [{type: 'scatter'}]}, chart, 100, 100), null);
});

const dated = {
  data: [{type: 'scatter'}],
  layout: {meta: {unit: 'dates'}, xaxis: {}, yaxis2: {range: [0, 1], tickvals: [1795073400]}},
};

test("an axis of dates is written by the viewer's clock", () => {
  const {yaxis2, ...others} = datedAxes(dated, 'Asia/Kolkata');
  assert.deepEqual(yaxis2, {range: [0, 1], tickvals: [1795073400], ticktext: ['19 Nov 2026, 13:00']});
  assert.deepEqual(others, {});
});

test('other axes, and the rows of a heatmap, stay as they are', () => {
  assert.deepEqual(datedAxes({...dated, layout: {...dated.layout, meta: {unit: 'seconds'}}}, ZONE), {});
  assert.deepEqual(datedAxes({...dated, data: heatmap.data}, ZONE), {});
});

test("a date at a moment is said by the viewer's clock", () => {
  const said = sayMoment([series([1795073400])], 0, null, 'dates', 'Asia/Kolkata', MINUTE);
  assert.ok(said.includes('checkout 19 Nov 2026, 13:00'), said);
});

test('labels that have room stay where they belong', () => {
  assert.deepEqual(apart([20, 60, 100], 0, 200), [20, 60, 100]);
});

test('labels that would cover one another are pushed apart around their middle', () => {
  assert.deepEqual(apart([100, 100, 100], 0, 400), [83, 100, 117]);
});

test('labels keep their order, a line apart, within the panel', () => {
  const wanted = [0, 1, 2, 190, 195, 199, 200];
  const rows = apart(wanted, 0, 200);
  assert.equal(rows.length, wanted.length);
  rows.slice(1).forEach((row, place) => {
    assert.ok(row - rows[place] >= 17 - 1e-9, `${rows}`);
  });
  assert.ok(rows[0] >= 0 && rows.at(-1) <= 200, `${rows}`);
});

test('lines of notices that overlap lie in different lanes, four at most', () => {
  const placed = [
    [0, 50],
    [10, 60],
    [20, 70],
    [30, 80],
    [40, 90],
    [100, 110],
  ].map(([left, right]) => ({left, right}));
  lanes(placed);
  assert.deepEqual(
    placed.map(({lane}) => lane),
    [0, 1, 2, 3, 0, 0],
  );
});

test('numbers of notices keep their distance and stay on the chart', () => {
  const placed = [1049, 1050, 1050, 60].map((at) => ({at}));
  spread(placed, geometry());
  const at = placed.map((mark) => mark.at).sort((one, other) => one - other);
  at.slice(1).forEach((place, before) => {
    assert.ok(place - at[before] >= 26, `${at}`);
  });
  assert.ok(at[0] >= 50 && at.at(-1) <= 1050, `${at}`);
});

test('a flat drag takes all of its panel, and of the only panel everything', () => {
  const [above, below] = [series([50, 50]), series([50, 50], {panel: 'y2'})];
  const drag = {left: 150, right: 250, top: 100, bottom: 105};
  assert.deepEqual(dragged([above, below], geometry({panels: 2}), drag).series, [above]);
  assert.deepEqual(dragged([above], geometry(), drag).series, []);
});

test('a drag over two panels takes both', () => {
  const all = [series([50]), series([50], {panel: 'y2'}), series([50], {panel: 'y3'})];
  const chart = geometry({panels: 3});
  const drag = {left: 150, right: 250, top: chart.y(50, 'y'), bottom: chart.y(50, 'y2')};
  assert.deepEqual(dragged(all, chart, drag).series, all.slice(0, 2));
});

test('a tall drag takes only the series with a sample in the box', () => {
  const [low, high] = [series([20, 20, 20]), series([80, 80, 80])];
  const chart = geometry();
  const box = {left: chart.x(0), right: chart.x(20_000), top: chart.y(99, 'y'), bottom: chart.y(60, 'y')};
  const selection = dragged([low, high], chart, box);
  assert.deepEqual([selection.series, selection.box], [[high], [box.top, box.bottom]]);
});

test('a tall drag around nothing is as a flat one', () => {
  const chart = geometry();
  const box = {left: chart.x(0), right: chart.x(20_000), top: chart.y(99, 'y'), bottom: chart.y(60, 'y')};
  const selection = dragged([series([20, 20, 20])], chart, box);
  assert.deepEqual([selection.series, selection.panels], [[], ['y']]);
});

test('what is marked is tinted over its time, and a moment is still to be seen', () => {
  const chart = geometry();
  assert.deepEqual(rectangle({start: 100_000, end: 200_000, series: []}, chart), {
    left: 150,
    top: 20,
    width: 100,
    height: 400,
  });
  assert.equal(rectangle(moment(100_000.4, null), chart).width, 1);
});

test('series of one panel are tinted there only', () => {
  const chart = geometry({panels: 2});
  const {top, height} = rectangle(moment(5, series([1], {panel: 'y2'})), chart);
  assert.deepEqual([top, height], [220, 200]);
});

test('what is marked is called by its cell, by its series, or as a whole', () => {
  const named = ['one', 'two', 'three', 'four'].map((name) => series([1], {name}));
  const cell = ofCell({start: 0, end: 10, top: 1, bottom: 2, where: '0.5 to 1 s'});
  const of = (chosen) => saying({start: 0, end: 1, series: chosen}, named);
  assert.equal(saying(cell, named), '0.5 to 1 s');
  assert.equal(of(named.slice(0, 2)), 'one, two');
  assert.equal(of(named), 'one, two and 2 more');
  assert.equal(of([]), 'All series');
  assert.equal(saying({series: []}, named.slice(0, 1)), 'one');
  assert.equal(saying({series: []}, []), 'Everything');
});

test('values of a moment come panel by panel, the highest first', () => {
  const all = [series([1], {name: 'a'}), series([9], {name: 'b', panel: 'y2'}), series([5], {name: 'c'})];
  assert.deepEqual(
    valuesAt(all, 0, null).shown.map(({series: {name}}) => name),
    ['c', 'a', 'b'],
  );
});

test('of many values a dozen is told, and the one pointed at always', () => {
  const all = Array.from({length: 20}, (_, place) => series([place], {name: `s${place}`}));
  const {shown, more} = valuesAt(all, 0, all[0]);
  assert.deepEqual([shown.length, more, shown.at(-1).series], [12, 8, all[0]]);
});

test('a quiet series is told only while one points at it', () => {
  const quiet = series([1], {quiet: true});
  assert.deepEqual(valuesAt([quiet], 0, null).shown, []);
  assert.equal(valuesAt([quiet], 0, quiet).shown.length, 1);
});

test('a moment is said in one sentence', () => {
  const at = Date.UTC(2026, 10, 23, 6, 30);
  const all = [series([0.5], {start: at}), series([null], {start: at, name: 'cart'})];
  assert.equal(sayMoment(all, at, null, 'ratio', ZONE, 60 * MINUTE), '06:30, checkout 50 %');
  assert.equal(sayMoment([all[1]], at, null, 'ratio', ZONE, 60 * MINUTE), '06:30, no data');
});

test('in the dark every light colour is exchanged, however it is written', () => {
  const figure =
    '{"a":"#aabbcc","b":"rgba(170, 187, 204, 0.5)","c":"rgba(170,187,204,.5)","d":"#AABBCC","e":"#123456"}';
  const tokens = {line: ['#AABBCC', '#010203']};
  assert.equal(repaint(figure, tokens, 'light'), figure);
  assert.equal(
    repaint(figure, tokens, 'dark'),
    '{"a":"#010203","b":"rgba(1,2,3, 0.5)","c":"rgba(1,2,3,.5)","d":"#010203","e":"#123456"}',
  );
});
