# For /etc/varnish/default.vcl, instead of the cache in nginx.conf. Varnish speaks no HTTPS, so something on this machine
# does before it (hitch, with its option for the PROXY protocol) and is the only one that reaches it:
#   varnishd -a 127.0.0.1:6086,PROXY -f /etc/varnish/default.vcl -s malloc,256m -p http_gzip_support=off
# The last option leaves brotli and gzip to the newsroom, which has each page in both.
# Nobody's reading is written down: run neither varnishncsa nor varnishlog.

vcl 4.1;

backend newsroom {
    .host = "127.0.0.1";
    .port = "8000";
    .first_byte_timeout = 60s;
}

sub vcl_recv {
    # Set here and not passed on, because the newsroom believes it.
    set req.http.X-Forwarded-Proto = "https";
    unset req.http.X-Forwarded-For;
    unset req.http.X-Request-ID;

    # How the machine is doing is the operator's business alone, who asks the newsroom itself.
    if (req.url ~ "^/(readyz|metrics)\b") {
        return (synth(404));
    }
    # Failed sign-ins are counted by address; readers' addresses are passed on nowhere.
    if (req.url ~ "^/admin/") {
        set req.http.X-Forwarded-For = client.ip;
        return (pass);
    }
    # A guest's preview counts visits, and search is asked afresh: neither is kept anywhere.
    if (req.url ~ "^/(preview|search)/" || (req.method != "GET" && req.method != "HEAD")) {
        return (pass);
    }

    # Nothing a reader sends chooses a page but its address and the encoding.
    unset req.http.Cookie;
    unset req.http.Authorization;
    if (req.http.Accept-Encoding ~ "(?i)\bbr\b(?!;q=0(\.0*)?(,|$))") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "(?i)\bgzip\b(?!;q=0(\.0*)?(,|$))") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    return (hash);
}

sub vcl_backend_response {
    if (bereq.url ~ "^/(static|uploads)/") {
        # Hashed names: a changed file has another address, so a copy is good while the newsroom is away, too.
        set beresp.grace = 7d;
        return (deliver);
    }
    # The newsroom lets a cache keep a page for a second (s-maxage), and says so; whatever does not say it is not kept.
    if (beresp.http.Cache-Control !~ "s-maxage=[1-9]" || beresp.http.Set-Cookie) {
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        return (deliver);
    }
    # Then it is asked whether the copy is still right, which costs it nothing. A copy that nobody can ask about is
    # never shown: the story may have been withdrawn since. Without its database the newsroom shows what it knows to be
    # right itself.
    set beresp.grace = 0s;
    set beresp.keep = 1h;
    return (deliver);
}

sub vcl_deliver {
    # A kept page answers many requests; the id is that of the one for which it was fetched.
    if (obj.hits > 0) {
        unset resp.http.X-Request-ID;
    }
    unset resp.http.Via;
    unset resp.http.X-Varnish;
}

sub vcl_backend_error {
    set beresp.http.Content-Type = "text/plain; charset=utf-8";
    set beresp.http.Retry-After = "5";
    set beresp.body = "The site does not answer just now. Please try again in a moment.";
    return (deliver);
}
