using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Atrium.Kernel.Dav;

/// <summary>One request: who, where, and what its headers say.</summary>
internal sealed class DavCall(HttpContext http, Actor actor)
{
    private DavPath? _path;

    public HttpContext Http => http;

    public HttpRequest Request => http.Request;

    public HttpResponse Response => http.Response;

    public Actor Actor => actor;

    public CancellationToken Aborted => http.RequestAborted;

    public IReadOnlyList<IDavCollections> Sources { get; } = [.. http.RequestServices.GetServices<IDavCollections>()];

    public string Handle => actor.Handle ?? "";

    /// <exception cref="DavFault">404: no such place, or another member's.</exception>
    public DavPath Path => _path ??= Own(DavPath.Parse(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget));

    /// <summary>The zone in which days and floating times are read unless a request says another.</summary>
    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(actor.TimeZone) ?? DateTimeZone.Utc;

    /// <summary>The caller as a principal, once <see cref="KnowAsync"/> asked.</summary>
    public DavPerson? Self { get; private set; }

    /// <summary>Asks who the caller is, for the properties of a principal.</summary>
    public async Task KnowAsync()
    {
        if (http.RequestServices.GetService<IDavPeople>() is { } people) Self = await people.SelfAsync(actor, Aborted);
    }

    /// <summary>0, 1, or null for infinity.</summary>
    public int? Depth(int? missing) => Request.Headers["Depth"].ToString().Trim().ToLowerInvariant() switch
    {
        "0" => 0,
        "1" => 1,
        "infinity" => null,
        "" => missing,
        _ => throw DavFault.Bad("Depth is 0, 1 or infinity."),
    };

    /// <summary>Whether properties that are not there shall not be told (RFC 8144, 2.1).</summary>
    public bool Minimal => Prefers("return=minimal") || Request.Headers["Brief"].ToString().Trim().Equals("t", StringComparison.OrdinalIgnoreCase);

    public bool Prefers(string what) => Request.Headers["Prefer"].Any(p => p is not null && p.Split(',', ';').Any(x => x.Replace(" ", "", StringComparison.Ordinal).Equals(what, StringComparison.OrdinalIgnoreCase)));

    public bool Overwrites => !Request.Headers["Overwrite"].ToString().Trim().Equals("F", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a MOVE or COPY goes.</summary>
    /// <exception cref="DavFault">400 without one, 502 for another server's.</exception>
    public DavPath Destination()
    {
        var target = Request.Headers["Destination"].ToString();
        if (target.Length == 0) throw DavFault.Bad("Say where to: Destination is missing.");
        if (Uri.TryCreate(target, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address!.Authority != Request.Host.Value)
            throw new DavFault(502, null, "That is another server.");
        return Own(DavPath.Parse(target));
    }

    /// <summary>The caller's address of that path: what is another member's is not there.</summary>
    public DavPath Own(DavPath? path)
    {
        if (path is null) throw DavFault.NotFound();
        return path.Handle.Length == 0 || path.Handle.Equals(Handle, StringComparison.OrdinalIgnoreCase) ? path : throw DavFault.NotFound();
    }

    /// <exception cref="DavFault">404.</exception>
    public async Task<DavCollection> CollectionAsync(string name) => await FindAsync(name) ?? throw DavFault.NotFound();

    public async Task<DavCollection?> FindAsync(string name)
    {
        foreach (var source in Sources)
            if (await source.FindAsync(name, actor, Aborted) is { } found)
                return found;
        return null;
    }

    public static async Task<DavObject?> ObjectAsync(DavCollection collection, string name, bool withData, CancellationToken ct)
    {
        await foreach (var found in collection.Source.ReadAsync(collection, new([name], withData), ct)) return found;
        return null;
    }

    /// <summary>An answer with a small XML body.</summary>
    public Task WriteAsync(int status, XElement body) => DavBody.WriteAsync(http, status, body);

    /// <summary>The token of a point in a list's changes; opaque to everybody else.</summary>
    public static string Token(DavCollection collection, DavPoint at) => at.Id == 0
        ? string.Create(CultureInfo.InvariantCulture, $"urn:atrium:sync:{collection.Id}:{at.Seq}")
        : string.Create(CultureInfo.InvariantCulture, $"urn:atrium:sync:{collection.Id}:{at.Seq}:{at.Id}");

    public static string Token(DavCollection collection) => Token(collection, new(collection.Seq, 0));
}
