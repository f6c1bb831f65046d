// The value axes of a chart of dates: their marks by the viewer's clock.

/** @import {Axis, Figure} from './figure.js' */

import {format} from '../browser/units.js';
import {YAXIS} from './geometry.js';

/**
 * The axes that have to be written anew; none where values are no dates, or stand in the cells of a heatmap.
 * @param {Figure} figure
 * @param {string} zone
 * @returns {Record<string, Axis>}
 */
export function datedAxes({data, layout}, zone) {
  if (layout.meta.unit !== 'dates' || data.some(({type}) => type === 'heatmap')) return {};
  const names = /** @type {`yaxis${string}`[]} */ (Object.keys(layout).filter((name) => YAXIS.test(name)));
  return Object.fromEntries(names.map((name) => [name, dated(layout[name], zone)]));
}

/**
 * @param {Axis} axis
 * @param {string} zone
 */
function dated(axis, zone) {
  return {...axis, ticktext: axis.tickvals?.map((value) => format(value, 'dates', zone))};
}
