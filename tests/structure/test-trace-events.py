#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tracepoints are described with all their fields, and examples use no others.

usage: test-trace-events.py TRACE-HEADER EVENTS-PAGE EXAMPLES-PAGE
"""
import pathlib
import re
import sys


def read_header(text):
    """Event to its fields, "TYPE NAME" each, in their order."""
    return {
        name: [" ".join(field) for field in
               re.findall(r"__field\((\w+), (\w+)\)", body)]
        for name, body in re.findall(
            r"TRACE_EVENT\((\w+),(.*?)TP_fast_assign", text, re.S)}


def read_page(text):
    """The same of the page: events begin a line, fields are below them."""
    events = {}
    fields = None
    for line in text.splitlines():
        if event := re.match(r"(dxgk_\w+)\t", line):
            fields = events.setdefault(event[1], [])
        elif field := re.match(r"\t([us]\d+ \w+)\b", line):
            fields.append(field[1])
    return events


def check_examples(text, events):
    """What is filtered or printed there. An action's fields are its event's."""
    faults = []
    for name, rest in re.findall(
            r"tracepoint:dxgkrnl:(\w+)(.*?)(?=tracepoint:|'\n|' )", text, re.S):
        known = {field.split()[1] for field in events.get(name, [])}
        faults += [f"example: {name} has no {field}"
                   for field in re.findall(r"args->(\w+)", rest)
                   if field not in known]
    faults += [f"example: no event {name}" for name in
               re.findall(r"\bdxgkrnl:(dxgk_\w+)", text)
               if not any(event.startswith(name) for event in events)]
    return faults


def main():
    header, page, examples = (pathlib.Path(path).read_text()
                              for path in sys.argv[1:4])
    events = read_header(header)
    described = read_page(page)
    faults = [f"{name}: {events.get(name)}, described as {described.get(name)}"
              for name in sorted(events.keys() | described.keys())
              if events.get(name) != described.get(name)]
    faults += check_examples(examples, events)
    if len(events) < 10 or examples.count("args->") < 3:
        faults.append(f"{len(events)} events, few examples: not understood")
    print("\n".join(faults) or f"{len(events)} events are described")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
