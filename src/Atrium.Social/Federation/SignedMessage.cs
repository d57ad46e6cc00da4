using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Atrium.Social;

/// <summary>The parts of a request that a signature may cover.</summary>
/// <param name="Root">Scheme and authority of the receiver, without a slash at the end.</param>
/// <param name="Path">As it was sent, still encoded.</param>
/// <param name="Query">With its question mark, or empty.</param>
/// <param name="Header">All values of a header, joined as RFC 9421, 2.1 says; null where it was not sent.</param>
internal sealed record SignedMessage(string Method, string Root, string Path, string Query, Func<string, string?> Header)
{
    public string Authority => new Uri(Root).Authority;

    public static SignedMessage Of(HttpRequest request, string root)
    {
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        var mark = raw.IndexOf('?', StringComparison.Ordinal);
        return new(
            request.Method, root, mark < 0 ? raw : raw[..mark], mark < 0 ? "" : raw[mark..],
            name => request.Headers.TryGetValue(name, out var values) ? string.Join(", ", values.Select(v => (v ?? "").Trim())) : null);
    }
}
