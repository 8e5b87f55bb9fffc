// A lane for each node: its role as a band, its events, the marks it reached.

class Lanes extends Layer {
  drawLanes() {
    const c = this.context;
    this.model.nodes.forEach((_, node) => {
      const y = this.laneY(node);
      if (node % 2 === 1) {
        c.fillStyle = this.colours.faint;
        c.fillRect(0, y - this.lane / 2, this.width, this.lane);
      }
      c.fillStyle = this.colours.line;
      c.fillRect(0, Math.round(y), this.width, 1);
    });
  }

  drawRoles() {
    const c = this.context;
    const height = Math.max(8, Math.min(20, this.lane * 0.36));
    this.model.nodes.forEach((_, node) => {
      const y = this.laneY(node);
      let covered = -1;
      for (const span of this.model.roles[node]) {
        const x0 = Math.max(-2, this.x(this.spanStart(span)));
        const x1 = Math.min(this.width + 2, this.x(this.spanEnd(span)));
        if (x1 < 0 || x0 > this.width || x1 <= covered) {
          continue;
        }
        const width = Math.max(1, x1 - x0);
        covered = x0 + width;
        c.fillStyle = roleColour(this.colours, span.value);
        const isQuiet = /follower|member/i.test(span.value);
        c.globalAlpha = isQuiet ? 0.28 : 0.55;
        c.fillRect(x0, y - height / 2, width, height);
        c.globalAlpha = 1;
        if (width > 64 && height >= 12) {
          this.drawRoleName(node, span, Math.max(4, x0 + 5), y, height, x1);
        }
      }
    });
  }

  spanStart(span) {
    return span.from < 0 ? (this.view.isOrder ? 0 : this.model.begin) : this.eventU(span.from);
  }

  spanEnd(span) {
    const { events } = this.model;
    return span.to < events.count ? this.eventU(span.to) : this.view.isOrder ? events.count : this.model.end;
  }

  drawRoleName(node, span, x, y, height, right) {
    const c = this.context;
    const first = this.model.valueAt(this.model.termField[node], Math.max(span.from, this.scene.firstEvent));
    const last = this.model.valueAt(this.model.termField[node], Math.min(span.to, this.scene.lastEvent) - 1);
    const terms = !last ? '' : first && first.value !== last.value ? ` · terms ${first.value}–${last.value}` : ' · term ' + last.value;
    const text = span.value.toLowerCase().replaceAll('_', ' ') + terms;
    c.font = '600 9.5px ' + this.view.sans;
    if (x + c.measureText(text).width < right - 4) {
      c.fillStyle = this.colours.ink;
      c.globalAlpha = 0.62;
      c.fillText(text, x, y - height / 2 - 6);
      c.globalAlpha = 1;
    }
    c.font = '11px ' + this.view.sans;
  }

  drawEvents() {
    const c = this.context;
    const { events, delivered, messages, kinds, isChanging } = this.model;
    const { cone, isDecisive, selected, found, hiddenNodes } = this.view;
    const count = this.scene.lastEvent - this.scene.firstEvent;
    const isDense = count > this.width * this.model.nodes.length * 0.25;
    const radius = isDense ? 1.3 : count > 400 ? 2 : 3;
    const lastX = new Float64Array(this.model.nodes.length).fill(-10);
    for (let i = this.scene.firstEvent; i < this.scene.lastEvent; i++) {
      const node = events.node[i];
      const x = this.x(this.eventU(i));
      const isIn = !cone || cone.has(i, isDecisive);
      const isFound = found && found.events.has(i);
      if (!isFound && i !== selected && x - lastX[node] < (isIn ? 0.8 : 1.6)) {
        continue;
      }
      lastX[node] = x;
      const y = this.laneY(node);
      const m = delivered[i];
      c.globalAlpha = hiddenNodes.has(node) ? 0.15 : isIn ? 1 : 0.28;
      c.fillStyle = m >= 0 ? kinds[messages.kind[m]].colour : this.colours.soft;
      const r = isChanging[i] && isIn ? radius + 1 : radius;
      if (isDense) {
        c.fillRect(x - 0.6, y - (isIn ? 4 : 2), 1.2, isIn ? 8 : 4);
      } else {
        c.beginPath();
        if (m >= 0) {
          c.arc(x, y, r, 0, 7);
        } else {
          c.rect(x - r + 0.5, y - r + 0.5, 2 * r - 1, 2 * r - 1);
        }
        c.fill();
      }
      if (isFound) {
        c.globalAlpha = 1;
        c.strokeStyle = this.colours.accent;
        c.lineWidth = 1.6;
        c.beginPath();
        c.arc(x, y, radius + 4, 0, 7);
        c.stroke();
      }
    }
    c.globalAlpha = 1;
    this.drawMarks(isDense);
    if (selected >= 0) {
      const x = this.x(this.eventU(selected));
      const y = this.laneY(events.node[selected]);
      c.strokeStyle = this.colours.accent;
      c.lineWidth = 2.2;
      c.beginPath();
      c.arc(x, y, 7.5, 0, 7);
      c.stroke();
    }
  }

  drawMarks(isDense) {
    const c = this.context;
    const { marks, first } = this.model;
    const from = lowerBound(marks.event, this.scene.firstEvent + first);
    const until = lowerBound(marks.event, this.scene.lastEvent + first);
    if (isDense || until - from > 400) {
      return;
    }
    c.fillStyle = this.colours.mark;
    for (let k = from; k < until; k++) {
      const index = marks.event[k] - first;
      const x = this.x(this.eventU(index));
      const y = this.laneY(marks.node[k]) + Math.min(15, this.lane * 0.32);
      c.beginPath();
      c.moveTo(x, y - 3.5);
      c.lineTo(x + 3.5, y);
      c.lineTo(x, y + 3.5);
      c.lineTo(x - 3.5, y);
      c.fill();
      this.addHit({ x0: x - 5, x1: x + 5, y0: y - 5, y1: y + 5, text: 'mark ' + marks.mark[k], event: index });
    }
  }
}
