using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Where administrators keep accounts in memory of their members.</summary>
internal static class MemorialPages
{
    private const string Here = "/social/admin/memorials";

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Here, (string? handle, PageCall call, RememberAccount remember, CancellationToken ct) => ShowAsync(handle, FormState.Fresh, call, remember, ct));
        pages.MapPost(Here, AddAsync).Rate(RateClass.Write);
        pages.MapPost(Here + "/{id}", async (Id<Account> id, PageCall call, RememberAccount remember, CancellationToken ct) =>
        {
            await remember.UndoAsync(id, call.Actor, ct);
            return call.SeeOther(Here);
        }).Rate(RateClass.Write);
    }

    private static async Task<IResult> ShowAsync(string? asked, FormState state, PageCall call, RememberAccount remember, CancellationToken ct) =>
        call.Page<Pages.MemorialsPage>(new { Memorials = new MemorialsModel(await remember.AllAsync(call.Actor, ct), asked), State = state });

    private static Task<IResult> AddAsync(PageCall call, RememberAccount remember, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            await remember.AllAsync(call.Actor, ct);
            await remember.HandleAsync(await remember.NamedAsync(form.Text("handle"), ct), call.Actor, ct);
            return Here;
        },
        (state, form) => ShowAsync(form.Text("handle"), state, call, remember, ct));
}

/// <summary>Accounts kept in memory of their members, and the handle that was asked about.</summary>
public sealed class MemorialsModel
{
    internal MemorialsModel(IReadOnlyList<MemorialView> all, string? asked) => (All, Asked) = (all, asked);

    internal IReadOnlyList<MemorialView> All { get; }

    internal string? Asked { get; }
}
