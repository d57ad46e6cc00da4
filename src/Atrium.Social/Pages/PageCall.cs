using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Social;

/// <summary>One request for a page of Social: who reads, where in a list, and how a form is answered.</summary>
internal sealed class PageCall(IHttpContextAccessor accessor, Viewers viewers, Actor actor, HouseAddress house)
{
    private Viewer? _viewer;

    public HttpContext Http => accessor.HttpContext!;

    public Actor Actor => actor;

    public string Path => Http.Request.Path.Value ?? "/";

    /// <summary>The page with its question: where a form of it leads back to.</summary>
    public string Here => Path + Http.Request.QueryString;

    /// <summary>Only a part of the page was asked for, by script.</summary>
    public bool WantsPart => Http.Request.Headers["X-Part"].Count > 0;

    public Paging Paging => new(At("max_id"), null, At("min_id"), 20);

    public async ValueTask<Viewer> ViewerAsync(CancellationToken ct)
    {
        if (_viewer is { } held) return held;
        var viewer = await viewers.OfAsync(actor, ct);
        if (HttpMethods.IsPost(Http.Request.Method)) await viewers.DemandFreeAsync(viewer, ct);
        return _viewer = viewer;
    }

    /// <summary>The template of addresses that begin with somebody's name, theirs elsewhere with its server: <c>/@ada</c>, <c>/@ben@elsewhere.example</c>.</summary>
    public const string Named = "/{name:regex(^@[^@]+(@[^@]+)?$)}";

    /// <summary>Somebody's page: for members always one of this house, for others that of their own server.</summary>
    public string Href(AccountEntity account) => actor.IsMember && IsElsewhere(account) ? $"/@{account.Acct}" : Local(account.Url);

    /// <summary>A post's page, as <see cref="Href(AccountEntity)"/>.</summary>
    public string Href(StatusEntity status) => actor.IsMember && IsElsewhere(status.Account) ? $"/@{status.Account.Acct}/{status.Id}" : Local(status.Url);

    public static bool IsElsewhere(AccountEntity account) => account.Acct.Contains('@', StringComparison.Ordinal);

    /// <summary>An address of ours without the house's root, so that a page works under every name of the house.</summary>
    public string Local(string address) => address.StartsWith(house.Root + "/", StringComparison.Ordinal) ? address[house.Root.Length..] : address;

    public SafeHtml Local(SafeHtml html) => SafeHtml.Trusted(html.Value.Replace($"\"{house.Root}/", "\"/", StringComparison.Ordinal));

    /// <summary>The address of the next older page, or null.</summary>
    public string? Older<T>(PageOf<T> page) => page.HasOlder ? $"{Path}?{string.Concat(Kept())}max_id={page.Last.ToString(CultureInfo.InvariantCulture)}" : null;

    /// <summary>The list from its start, where this is not it.</summary>
    public string? Newest() => Http.Request.Query.ContainsKey("max_id") ? $"{Path}{string.Concat(Kept()) switch { "" => "", var kept => "?" + kept.TrimEnd('&') }}" : null;

    /// <summary>A page, in the status that was set before.</summary>
    public IResult Page<T>(object parameters) where T : IComponent => new RazorComponentResult<T>(parameters) { StatusCode = Http.Response.StatusCode };

    /// <summary>303 to an address of this house.</summary>
    public IResult SeeOther(string href)
    {
        Http.Response.Headers.Location = href;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>Leads to an address of another server.</summary>
    public static IResult Away(string address) => Uri.TryCreate(address, UriKind.Absolute, out var to) && to.Scheme is "https" or "http" ? Results.Redirect(address) : throw Refusal.NotFound();

    /// <summary>Does what a form asks, which answers where to go; when it is refused, shows <paramref name="again"/>.</summary>
    public async Task<IResult> SendAsync(Func<IFormCollection, Task<string>> act, Func<FormState, IFormCollection, Task<IResult>> again)
    {
        var form = await Http.Request.ReadFormAsync(Http.RequestAborted);
        try
        {
            return SeeOther(await act(form));
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Invalid or RefusalKind.Conflict or RefusalKind.Forbidden)
        {
            Http.Response.StatusCode = Problem.StatusOf(refusal);
            return await again(FormState.Of(form, refusal), form);
        }
    }

    private IEnumerable<string> Kept() => Http.Request.Query.Where(q => q.Key is not ("max_id" or "min_id")).Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}&");

    private long? At(string name) => long.TryParse(Http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>Fields of a sent form.</summary>
internal static class SentForm
{
    public static string Text(this IFormCollection form, string name) => form.TryGetValue(name, out var value) ? value.ToString() : "";

    /// <summary>What was typed, or null for nothing.</summary>
    public static string? Said(this IFormCollection form, string name) => Text(form, name).Trim() is { Length: > 0 } said ? said : null;

    public static bool Ticked(this IFormCollection form, string name) => Text(form, name) == "true";

    public static Id<T>? Id<T>(this IFormCollection form, string name) => Kernel.Id<T>.TryParse(Text(form, name), null, out var id) ? id : null;

    /// <summary>The page the form was on, if it is one of ours.</summary>
    public static string Back(this IFormCollection form, string usual) =>
        Text(form, "back") is ['/', ..] and not ['/', '/' or '\\', ..] and { } back && !back.Any(char.IsControl) ? back : usual;
}
