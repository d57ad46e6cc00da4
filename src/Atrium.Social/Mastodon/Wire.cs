using System.Globalization;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Atrium.Social;

/// <summary>One request of Mastodon's API: who asks, what was sent, and how lists say where they go on.</summary>
internal sealed class Wire(IHttpContextAccessor accessor, Viewers viewers, Actor actor, HouseAddress house)
{
    private HttpContext Http => accessor.HttpContext!;

    public LooseParameters Sent { get; private set; } = LooseParameters.Empty;

    public Viewer Viewer { get; private set; } = Viewer.Anonymous;

    public Actor Actor => actor;

    /// <summary>The account that asks; refuses where nobody is signed in.</summary>
    public Id<Account> Me => Viewer.Demand();

    /// <summary>The bearer token of the request, where it came with one.</summary>
    public string? Token => Http.Request.Headers.Authorization.ToString() is { Length: > 7 } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;

    public string? Header(string name) => Http.Request.Headers[name].ToString() is { Length: > 0 } value ? value : null;

    public async Task ReadAsync()
    {
        Sent = await LooseParameters.ReadAsync(Http.Request, Http.RequestAborted);
        Viewer = await viewers.OfAsync(actor, Http.RequestAborted);
        // Posting asks by itself, in a statement that it needs anyway.
        if ((HttpMethods.IsPost(Http.Request.Method) && !Http.Request.Path.Equals("/api/v1/statuses", StringComparison.OrdinalIgnoreCase)) || HttpMethods.IsPut(Http.Request.Method) || HttpMethods.IsPatch(Http.Request.Method))
            await viewers.DemandFreeAsync(Viewer, Http.RequestAborted);
    }

    /// <summary>An id of the address. What is no id of ours is not found.</summary>
    public static Id<T> Id<T>(string? text) => Kernel.Id<T>.TryParse(text, null, out var id) ? id : throw NotFound();

    /// <summary>An id that was sent; null where it was not.</summary>
    public Id<T>? SentId<T>(string name) => Sent.Text(name) is { Length: > 0 } text ? Id<T>(text) : null;

    /// <summary>Ids that were sent as a list; what is no id is left out.</summary>
    public IReadOnlyList<Id<T>> SentIds<T>(string name) =>
        [.. Sent.List(name).Select(t => Kernel.Id<T>.TryParse(t, null, out var id) ? id : (Id<T>?)null).OfType<Id<T>>().Distinct()];

    public Paging Paging(int usual = 20, int most = 40) => Social.Paging.Of(Sent, usual, most);

    /// <summary>Answers a list, with the addresses of what is before and after it.</summary>
    public IResult Page<TRow, TEntity>(PageOf<TRow> page, IReadOnlyList<TEntity> entities)
    {
        if (page.Rows.Count > 0)
        {
            List<string> links = [];
            if (page.HasOlder) links.Add($"<{Other("max_id", page.Last)}>; rel=\"next\"");
            links.Add($"<{Other("min_id", page.First)}>; rel=\"prev\"");
            Http.Response.Headers.Link = string.Join(", ", links);
        }

        return Json(entities);
    }

    /// <summary>Answers a list that goes on by offset.</summary>
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => new MastodonAnswer<T>(value, status);

    /// <summary>Nothing to say.</summary>
    public static IResult Empty() => Json(new Dictionary<string, string>());

    public static Refusal NotFound() => Refusal.NotFound("Record not found");

    private string Other(string cursor, long at)
    {
        var query = Http.Request.Query.Where(q => q.Key is not ("max_id" or "min_id" or "since_id" or "access_token"))
            .SelectMany(q => (q.Key.EndsWith("[]", StringComparison.Ordinal) ? q.Value.ToArray() : [q.Value[^1]]).Select(v => KeyValuePair.Create(q.Key, v ?? "")))
            .Append(KeyValuePair.Create(cursor, at.ToString(CultureInfo.InvariantCulture)));
        return $"{house.Root}{Http.Request.Path}{new QueryBuilder(query)}".Replace(",", "%2C", StringComparison.Ordinal);
    }
}

/// <summary>JSON as Mastodon writes it.</summary>
internal sealed class MastodonAnswer<T>(T value, int status) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        (response.StatusCode, response.ContentType) = (status, "application/json; charset=utf-8");
        // All of it is in memory: it is written in one go, and sent once.
        await using (var json = new Utf8JsonWriter(response.BodyWriter, MastodonJson.Writing)) JsonSerializer.Serialize(json, value, MastodonJson.Options);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
