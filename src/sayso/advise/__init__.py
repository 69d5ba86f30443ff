"""Advice of a language model, where the user has one: any endpoint that speaks OpenAI's chat completions.

Off unless asked for. The model is a stranger as the reports are: of its answers nothing is taken but spans of a report
and choices among a few; what is not anchored to words of a report is dropped and counted. What comes of it is marked
as the model's (``model:NAME``) and never an analyst's. Without a model, everything is as it was.

`advisers` asks within a budget and keeps the answers; `sources`, `pairs`, `questions` and `prose` are what is asked.
"""
