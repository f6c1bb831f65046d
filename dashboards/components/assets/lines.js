// Lines that people wrote, one under the other: new ones are added below, and those that stand there stay as they are.

import {make} from './dom.js';

const lists = new WeakMap();

function list(parent, label) {
  const there = lists.get(parent);
  if (there?.isConnected) return there;
  const made = make('ol', {class: 'mv-lines', role: 'log', 'aria-label': label});
  parent.append(made);
  lists.set(parent, made);
  return made;
}

function item({id, text, by}) {
  return make('li', {'data-id': id, 'data-said': text}, make('p', {text}), make('small', {text: by}));
}

export default function ({data, parentElement}) {
  const all = list(parentElement, data.label);
  const there = new Map([...all.children].map((node) => [node.dataset.id, node]));
  const wanted = data.lines.map((line) => {
    const node = there.get(line.id);
    return node?.dataset.said === line.text ? node : item(line);
  });
  const kept = new Set(wanted);
  for (const node of [...all.children]) if (!kept.has(node)) node.remove();
  wanted.forEach((node, place) => {
    if (all.children[place] !== node) all.insertBefore(node, all.children[place] ?? null);
  });
}
