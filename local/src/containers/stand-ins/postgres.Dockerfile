FROM localhost/stellartrain-stand-in/debian-postgres
COPY postgres.sh /usr/local/bin/docker-entrypoint.sh
RUN rm -rf /var/lib/postgresql/15 && chmod 755 /usr/local/bin/docker-entrypoint.sh
ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/15/docker
VOLUME /var/lib/postgresql
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["docker-entrypoint.sh"]
