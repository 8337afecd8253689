"""The imperative shell: HTTP, SQL, settings and jobs."""
