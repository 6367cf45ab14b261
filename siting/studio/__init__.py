"""The studio: one local page for the studies of a folder, in a browser on this machine.

Data flows down this list:

- `server` opens the port and the browser, `guard` lets only this page in;
- `routes` names every address, `*_answers` answer what the page asks there, in JSON;
- `folder`, `store` and `sites` read and write the user's files, `runs` the commands at work;
- `forms` and `judged` turn a field or a judgement into the text of a study, `differences` words
  what differs between two texts, `results` shows and publishes what was written.
"""
