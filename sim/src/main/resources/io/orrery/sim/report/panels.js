// What is said in words: the inspector of the chosen event, the log of transitions, the lanes' names.

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  for (const child of children) {
    made.append(child);
  }
  return made;
}

function link(text, action) {
  const made = element('a', '', text);
  made.tabIndex = 0;
  made.addEventListener('click', (e) => {
    e.stopPropagation();
    action();
  });
  made.addEventListener('keydown', (e) => e.key === 'Enter' && action());
  return made;
}

class Inspector {
  constructor(view) {
    this.view = view;
    this.model = view.model;
    this.box = document.getElementById('inspector');
    this.open = new Set(['raft', '']);
  }

  show() {
    const { selected } = this.view;
    this.box.replaceChildren();
    if (selected < 0) {
      this.showRun();
    } else {
      this.showEvent(selected);
    }
    this.box.scrollTop = 0;
  }

  /** Nothing is chosen: the state of all nodes at the cursor, and what to do. */
  showRun() {
    const { model, view } = this;
    const t = view.cursor === null ? model.end : view.timeOf(view.cursor);
    const index = lowerBound(model.events.t, t + 1) - 1;
    this.box.append(element('h2', '', 'The cluster', element('small', '', 'at ' + timeText(t))));
    if (model.facts.verdict !== 'ok') {
      this.box.append(element('p', 'claim', model.facts.failure), this.para(link('go to the failure', () => view.toFailure())));
    }
    const table = element('table', 'state');
    model.nodes.forEach((name, node) => {
      const role = model.valueAt(model.roleField[node], index);
      const term = model.valueAt(model.termField[node], index);
      const life = model.lifeAt(node, t);
      const words = life !== 'up' ? life : role ? role.value.toLowerCase().replaceAll('_', ' ') + (term ? ', term ' + term.value : '') : 'up';
      const at = model.lastOn(node, index);
      const row = element('tr', '', element('td', '', name), element('td', '', words));
      row.append(element('td', '', at >= 0 ? link('#' + numberText(model.events.number[at]), () => view.select(at)) : '–'));
      table.append(row);
    });
    this.box.append(element('h3', '', 'Nodes'), table);
    const split = model.partitions.find((span) => span.from.t <= t && t < span.to.t);
    if (split && split.groups > 1) {
      const groups = [];
      split.group.forEach((group, node) => {
        groups[group] = (groups[group] ? groups[group] + ' ' : '') + model.nodes[node];
      });
      this.box.append(element('h3', '', 'Partition'), element('p', '', groups.join('  |  ')));
    }
    this.box.append(element('p', 'hint', 'Choose an event on a lane, or a line of the log, to see what it did, what state it left behind, and what led to it. Press ? for keys.'));
  }

  para(...children) {
    return element('p', '', ...children);
  }

  showEvent(index) {
    const { model, view } = this;
    const { events } = model;
    const node = events.node[index];
    this.box.append(
      element('h2', '', model.titleOf(index)),
      element('p', 'hint', `${model.nodes[node]} · event #${numberText(events.number[index])} · ${timeText(events.t[index], 9)}`),
    );
    if (index === model.failureIndex) {
      this.box.append(element('h3', '', model.facts.verdict + ' broken here'), element('p', 'claim', model.facts.failure));
    }
    this.showCause(index);
    this.showDone(index);
    if (view.cone) {
      this.showSteps();
    }
    this.showState(node, index);
  }

  showCause(index) {
    const { model, view } = this;
    const m = model.delivered[index];
    if (m >= 0) {
      const { messages } = model;
      const send = model.sendIndex[m];
      const kind = model.kinds[messages.kind[m]];
      const late = spanText(model.events.t[index] - messages.t[m]);
      this.box.append(element('h3', '', 'Delivers'));
      this.box.append(this.bodyOf(m));
      const from = send >= 0 ? link('#' + numberText(model.events.number[send]), () => view.select(send)) : 'before the recording';
      this.box.append(element('p', 'hint', `sent by ${model.nodes[messages.from[m]]} ${late} before, in `, from,
        ` · ${kind.family}${messages.group[m] ? ' group ' + messages.group[m] : ''} · ${messages.stream[m] ? 'stream' : 'datagram'} · ${messages.bytes[m]} bytes`));
      if (model.arrival[m] !== index) {
        this.box.append(element('p', 'hint', 'A duplicate: it has arrived before.'));
      }
    } else if (model.events.message[index] > 0) {
      this.box.append(element('p', 'hint', 'Delivers a message that was sent long before the recording.'));
    }
    const before = model.lastOn(model.events.node[index], index - 1);
    if (before >= 0) {
      this.box.append(element('p', 'hint', 'the node’s event before: ', link(model.titleOf(before), () => view.select(before)),
        ', ' + spanText(model.events.t[index] - model.events.t[before]) + ' earlier'));
    }
  }

  /** A record's text with names and values told apart. */
  bodyOf(m) {
    const body = element('div', 'body');
    body.style.setProperty('--c', this.model.kinds[this.model.messages.kind[m]].colour);
    const text = this.model.messages.body[m];
    let last = 0;
    for (const match of text.matchAll(/([A-Za-z_]\w*)=/g)) {
      body.append(...this.view.marked(text.slice(last, match.index)), element('i', '', match[1] + '='));
      last = match.index + match[0].length;
    }
    body.append(...this.view.marked(text.slice(last)));
    return body;
  }

  showDone(index) {
    const { model, view } = this;
    const { lines, messages } = model;
    const list = element('ol');
    for (const line of model.linesOf(index)) {
      const item = element('li', '', element('b', '', (lines.scope[line] ? lines.scope[line] + ' ' : '') + lines.what[line]));
      item.append(element('code', '', ...view.marked(lines.why[line])));
      list.append(item);
    }
    for (const mark of model.marksOf(index)) {
      list.append(element('li', '', element('small', '', 'mark '), model.marks.mark[mark]));
    }
    for (const m of model.sends(index)) {
      const to = model.nodes[messages.to[m]];
      const arrival = model.arrival[m];
      const item = element('li', '', 'sends ' + model.kinds[messages.kind[m]].name + ' to ' + to + ' ');
      if (arrival >= 0) {
        item.append(link('#' + numberText(model.events.number[arrival]), () => view.select(arrival)), element('small', '', ' after ' + spanText(model.events.t[arrival] - messages.t[m])));
        item.addEventListener('click', () => view.select(arrival));
      } else {
        const word = messages.loss[m] || 'still under way at the end';
        const lost = element('small', '', word);
        lost.style.color = messages.loss[m] ? 'var(--bad)' : '';
        item.append(lost);
      }
      item.title = messages.body[m];
      list.append(item);
    }
    if (list.children.length > 0) {
      this.box.append(element('h3', '', 'In this event'), list);
    }
  }

  showSteps() {
    const { model, view } = this;
    const { cone } = view;
    const share = view.isDecisive ? cone.decisiveSize : cone.size;
    const steps = stepsTo(model, cone, 16);
    this.box.append(element('h3', '', cone.tip === model.failureIndex ? 'What led to the failure' : 'What led to #' + numberText(model.events.number[cone.tip])));
    this.box.append(element('p', 'hint', `${numberText(share)} of ${numberText(model.events.count)} events ${view.isDecisive ? 'decided it' : 'happened before it'}; transitions, newest first:`));
    const list = element('ol');
    for (const step of steps) {
      const { index } = step;
      const item = element('li', index === cone.tip ? 'tip' : '');
      const back = model.events.t[cone.tip] - model.events.t[index];
      item.append(element('b', '', model.nodes[model.events.node[index]] + ' '), element('small', '', index === cone.tip ? 'here' : back === 0 ? 'at once' : '−' + spanText(back)));
      item.append(element('code', '', step.lines.map((l) => model.lines.what[l] + ' ' + model.lines.why[l]).join('; ') || model.titleOf(index)));
      item.addEventListener('click', () => view.select(index, true));
      list.append(item);
    }
    this.box.append(list);
  }

  showState(node, index) {
    const { model } = this;
    const state = model.stateAt(node, index);
    if (state.length === 0) {
      return;
    }
    this.box.append(element('h3', '', 'State of ' + model.nodes[node] + ' after this event'));
    const parts = new Map();
    for (const value of state) {
      const part = partOf(value.name);
      if (!parts.has(part)) {
        parts.set(part, []);
      }
      parts.get(part).push(value);
    }
    for (const [part, values] of parts) {
      const fresh = values.filter((value) => value.isNew).length;
      const box = element('details');
      box.open = this.open.has(part) || fresh > 0;
      const note = fresh > 0 ? ` · ${fresh} changed` : ` · ${values.length}`;
      const summary = element('summary', '', (part || 'node') + note);
      summary.addEventListener('click', () => (box.open ? this.open.delete(part) : this.open.add(part)));
      box.append(summary, this.stateTable(part, values, index));
      this.box.append(box);
    }
  }

  stateTable(part, values, index) {
    const { model, view } = this;
    const table = element('table', 'state');
    for (const value of values) {
      const row = element('tr', value.isNew ? 'new' : '');
      const shown = element('td');
      if (value.isNew && value.before !== null) {
        shown.append(element('del', '', value.before));
      }
      shown.append(...view.marked(value.value === '' ? '–' : value.value));
      const since = element('td');
      if (value.isNew) {
        since.append('now');
      } else if (value.since >= 0) {
        since.append(link('−' + spanText(model.events.t[index] - model.events.t[value.since]), () => view.select(value.since)));
        since.title = 'set by event #' + numberText(model.events.number[value.since]);
      }
      row.append(element('td', '', part === '' ? value.name : value.name.slice(part.length + 1)), shown, since);
      table.append(row);
    }
    return table;
  }
}

const ROW_HEIGHT = 21;

class Log {
  constructor(view) {
    this.view = view;
    this.model = view.model;
    this.scroller = document.getElementById('log-scroll');
    this.rows = document.getElementById('log-rows');
    this.count = document.getElementById('log-count');
    this.all = this.collect();
    this.filter(false);
    this.scroller.addEventListener('scroll', () => this.draw());
  }

  /** Transitions, the world's doings, lives and marks, in order. */
  collect() {
    const { lines, lives, marks, first, nodes, events } = this.model;
    const all = [];
    for (let i = 0; i < lines.count; i++) {
      const isWorld = lines.node[i] === WORLD;
      const isOperation = isWorld && lines.what[i] === 'operation';
      if (!isOperation) {
        all.push({
          e: lines.event[i] - first, t: lines.t[i], who: isWorld ? 'world' : nodes[lines.node[i]] + (lines.scope[i] ? ' ' + lines.scope[i] : ''),
          what: lines.what[i], why: lines.why[i], style: isWorld ? (lines.what[i] === 'failure' ? 'failure' : 'world') : '', order: isWorld ? 2 : 1,
        });
      }
    }
    for (let i = 0; i < lives.count; i++) {
      all.push({ e: lives.event[i] - first, t: lives.t[i], who: nodes[lives.node[i]], what: lives.turn[i], why: '', style: 'life', order: 0 });
    }
    for (let i = 0; i < marks.count; i++) {
      const e = marks.event[i] - first;
      const t = events.count > 0 ? events.t[Math.max(0, Math.min(events.count - 1, e))] : 0;
      all.push({ e, t, who: nodes[marks.node[i]], what: marks.mark[i], why: '', style: 'mark', order: 1 });
    }
    return all.map((row, i) => ({ ...row, i })).sort((a, b) => a.t - b.t || a.e - b.e || a.order - b.order || a.i - b.i);
  }

  filter(isCone) {
    const { cone } = this.view;
    this.isCone = isCone;
    this.list = isCone && cone ? this.all.filter((row) => row.style === 'failure' || (row.who !== 'world' && cone.has(row.e, this.view.isDecisive))) : this.all;
    this.count.textContent = numberText(this.list.length) + (this.list.length < this.all.length ? ' of ' + numberText(this.all.length) : '') + ' lines';
    this.rows.style.height = this.list.length * ROW_HEIGHT + 'px';
    this.draw();
  }

  /** Draws the rows in view. */
  draw() {
    const height = this.scroller.clientHeight || 200;
    const from = Math.max(0, Math.floor(this.scroller.scrollTop / ROW_HEIGHT) - 3);
    const until = Math.min(this.list.length, from + Math.ceil(height / ROW_HEIGHT) + 6);
    const made = [];
    for (let i = from; i < until; i++) {
      made.push(this.row(i));
    }
    this.rows.replaceChildren(...made);
  }

  row(i) {
    const { view, model } = this;
    const row = this.list[i];
    const chosen = row.e === view.selected && row.who !== 'world';
    const isDim = view.cone && row.who !== 'world' && !view.cone.has(row.e, view.isDecisive);
    const made = element('div', `row ${row.style} ${chosen ? 'chosen' : ''} ${isDim ? 'dim' : ''} ${i === this.near ? 'near' : ''}`);
    made.style.top = i * ROW_HEIGHT + 'px';
    made.append(element('span', 'when', timeText(row.t)), element('span', 'who', row.who));
    made.append(element('span', 'what', ...view.marked(row.what)), element('span', 'why', ...view.marked(row.why)));
    made.title = row.what + ' ' + row.why;
    made.addEventListener('click', () => this.choose(i));
    return made;
  }

  choose(i) {
    const { view, model } = this;
    const row = this.list[i];
    this.isHeld = true;
    if (row.who !== 'world' && row.e >= 0 && row.e < model.events.count) {
      view.select(row.e, true);
    } else {
      view.moveCursor(row.t, true);
    }
    this.isHeld = false;
    this.near = i;
    this.draw();
  }

  /** Scrolls to the line nearest before a moment. */
  follow(t, e) {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = this.list[middle];
      if (row.t < t || (row.t === t && row.e < e)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const exact = low < this.list.length && this.list[low].e === e;
    this.near = exact ? low : Math.max(0, low - 1);
    if (!this.isHeld) {
      this.scroller.scrollTop = Math.max(0, this.near * ROW_HEIGHT - this.scroller.clientHeight / 2);
    }
    this.draw();
  }

  step(direction) {
    const next = Math.max(0, Math.min(this.list.length - 1, (this.near === undefined ? -1 : this.near) + direction));
    this.choose(next);
    this.scroller.scrollTop = Math.max(0, next * ROW_HEIGHT - this.scroller.clientHeight / 2);
  }
}

class Gutter {
  constructor(view) {
    this.view = view;
    this.box = document.getElementById('gutter');
    this.buttons = view.model.nodes.map((name, node) => {
      const button = element('button', '', name, element('small'));
      button.title = 'Show or hide the messages of ' + name;
      button.addEventListener('click', () => {
        const { hiddenNodes } = view;
        if (!hiddenNodes.delete(node)) {
          hiddenNodes.add(node);
        }
        view.refresh();
      });
      return button;
    });
    this.world = element('span', '', 'world');
    this.box.append(this.world, ...this.buttons);
  }

  draw() {
    const { view } = this;
    const { model, scene } = view;
    const t = view.cursor === null ? view.timeOf(view.to) : view.timeOf(view.cursor);
    const index = lowerBound(model.events.t, t + 1) - 1;
    this.world.style.top = AXIS_HEIGHT + WORLD_HEIGHT / 2 + 'px';
    this.buttons.forEach((button, node) => {
      const y = scene.laneY(node);
      button.style.top = y + 'px';
      button.hidden = y < AXIS_HEIGHT + WORLD_HEIGHT + 4;
      button.setAttribute('aria-pressed', String(!view.hiddenNodes.has(node)));
      button.classList.toggle('chosen', view.selected >= 0 && model.events.node[view.selected] === node);
      const role = model.valueAt(model.roleField[node], index);
      const life = model.lifeAt(node, t);
      button.lastChild.textContent = scene.lane < 30 ? '' : life !== 'up' ? life : role ? role.value.toLowerCase().replaceAll('_', ' ') : '';
    });
  }
}
