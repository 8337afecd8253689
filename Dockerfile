# syntax=docker/dockerfile:1
# One image, three commands: serve, worker, migrate.

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/vls
ENV PATH=/opt/vls/bin:$PATH
WORKDIR /src
# The dependencies change less often than the code: a layer of their own, each file checked against its hash.
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt
COPY pyproject.toml README.md ./
COPY api api
COPY domain domain
COPY reporting reporting
COPY migrations migrations
RUN pip install --no-deps . && python -m compileall -q /opt/vls

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home vls
COPY --from=build /opt/vls /opt/vls
ENV PATH=/opt/vls/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    VLS_HOST=0.0.0.0
USER vls
WORKDIR /home/vls
EXPOSE 8000
# Without a database address `serve` would start the embedded PostgreSQL, which is not for production: see compose.yaml.
ENTRYPOINT ["vls"]
CMD ["serve"]
