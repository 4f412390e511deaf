"""Inside an LMS: LTI 1.3 Advantage. The protocol is in ``protocol/``, which knows neither Flask nor the database."""
