FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE* constraints.txt ./
COPY service service
COPY graph graph
COPY importers importers
COPY cypher cypher
COPY examples examples
RUN python -m venv /opt/liaison \
 && /opt/liaison/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt '.[fast]'

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/liaison --create-home liaison
COPY --from=build /opt/liaison /opt/liaison
ENV PATH=/opt/liaison/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LIAISON_DATA_DIR=/var/lib/liaison
USER liaison
VOLUME /var/lib/liaison
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["python", "-c", "import sys, urllib.request as u; sys.exit(u.urlopen('http://127.0.0.1:8000/readyz', timeout=4).status != 200)"]
ENTRYPOINT ["liaison"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
