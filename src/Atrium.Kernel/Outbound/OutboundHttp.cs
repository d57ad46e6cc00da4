using System.Net;
using System.Net.Http.Headers;

namespace Atrium.Kernel.Outbound;

/// <summary>
/// The one way the house speaks to servers it does not know. Only http and https, only public addresses, few redirects (each checked as the
/// first was), everything in a set time and size. Statuses are answers; only what hindered an answer throws <see cref="OutboundFailure"/>.
/// </summary>
public sealed class OutboundHttp(IHttpClientFactory clients, OutboundOptions options, TimeProvider time)
{
    /// <summary>The name of the guarded client in <see cref="IHttpClientFactory"/>.</summary>
    public const string ClientName = "outbound";

    public Task<OutboundAnswer> GetAsync(string address, string? accept = null, int? bodyCap = null, CancellationToken ct = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Read(address));
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        return SendAsync(request, bodyCap, ct);
    }

    /// <summary>Posts once: a redirect is not followed but returned, for the body was meant for one server.</summary>
    public Task<OutboundAnswer> PostAsync(string address, HttpContent content, Action<HttpRequestHeaders>? headers = null, int? bodyCap = null, CancellationToken ct = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Read(address)) { Content = content };
        headers?.Invoke(request.Headers);
        return SendAsync(request, bodyCap, ct);
    }

    /// <summary>Sends any request. GET and HEAD follow redirects; headers that carry secrets do not leave their origin.</summary>
    public async Task<OutboundAnswer> SendAsync(HttpRequestMessage request, int? bodyCap = null, CancellationToken ct = default)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var current = request;
        try
        {
            for (var hop = 0; ; hop++)
            {
                Check(current.RequestUri);
                using var response = await clients.CreateClient(ClientName).SendAsync(current, HttpCompletionOption.ResponseHeadersRead, both.Token);
                if (Redirect(current, response) is not { } next)
                    return new(response.StatusCode, current.RequestUri!, response.Headers, response.Content.Headers, await ReadAsync(response.Content, bodyCap ?? options.BodyCap, both.Token));
                if (hop == options.Redirects) throw new OutboundFailure(OutboundTrouble.TooManyRedirects, $"{request.RequestUri!.Host} redirects too often.");
                if (current != request) current.Dispose();
                current = next;
            }
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new OutboundFailure(OutboundTrouble.TooSlow, $"{current.RequestUri!.Host} took longer than {options.Timeout.TotalSeconds:0.#} s.", e);
        }
        catch (Exception e) when (e is not OutboundFailure and (HttpRequestException or IOException))
        {
            throw Inner(e) ?? new OutboundFailure(Trouble(e), $"{current.RequestUri!.Host} could not be read: {e.Message}", e);
        }
        finally
        {
            if (current != request) current.Dispose();
            request.Dispose();
        }
    }

    private static Uri Read(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : throw new OutboundFailure(OutboundTrouble.Address, "That is not a web address.");

    private static void Check(Uri? uri)
    {
        if (uri is not { IsAbsoluteUri: true, Scheme: "http" or "https" }) throw new OutboundFailure(OutboundTrouble.Address, "Only http and https addresses are fetched.");
        if (uri.UserInfo.Length > 0) throw new OutboundFailure(OutboundTrouble.Address, "An address with a user name in it is not fetched.");
    }

    private static HttpRequestMessage? Redirect(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)) return null;
        if (response.Headers.Location is not { } location || (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)) return null;

        var target = new Uri(request.RequestUri!, location);
        // What began in secret does not go on in the open.
        if (request.RequestUri!.Scheme == "https" && target.Scheme == "http") throw new OutboundFailure(OutboundTrouble.Address, $"{request.RequestUri.Host} redirects from https to http.");
        var next = new HttpRequestMessage(request.Method, target);
        var sameOrigin = Uri.Compare(request.RequestUri, target, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
        foreach (var (name, values) in request.Headers)
            if (sameOrigin || name is "Accept" or "Accept-Language" or "If-None-Match" or "If-Modified-Since") next.Headers.TryAddWithoutValidation(name, values);
        return next;
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, int cap, CancellationToken ct)
    {
        if (content.Headers.ContentLength > cap) throw TooLarge(cap);
        await using var stream = await content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length + read > cap) throw TooLarge(cap);
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static OutboundFailure TooLarge(int cap) => new(OutboundTrouble.TooLarge, $"The answer is larger than {cap / 1024:N0} KiB.");

    private static OutboundTrouble Trouble(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } ? OutboundTrouble.TooLarge : OutboundTrouble.Unreachable;

    private static OutboundFailure? Inner(Exception e)
    {
        for (var inner = e.InnerException; inner is not null; inner = inner.InnerException)
            if (inner is OutboundFailure failure) return failure;
        return null;
    }
}
