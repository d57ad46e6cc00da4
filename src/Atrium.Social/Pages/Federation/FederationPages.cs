using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary><c>/social/admin/federation</c>: with whom the house exchanges posts, who cannot be reached, and what was sent.</summary>
internal static class FederationPages
{
    private const string Root = "/social/admin/federation";

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/social/admin", () => Results.Redirect(Root));
        pages.MapGet(Root, (PageCall call, FederationDesk desk, DomainPolicies policies, CancellationToken ct) => ShowAsync(FormState.Fresh, call, desk, policies, ct));
        pages.MapPost(Root + "/mode", (PageCall call, FederationDesk desk, DomainPolicies policies, CancellationToken ct) =>
            ActAsync(form => desk.SwitchAsync(form.Text("mode"), call.Actor, ct), call, desk, policies, ct)).Rate(RateClass.Write);
        pages.MapPost(Root + "/domains", (PageCall call, FederationDesk desk, DomainPolicies policies, CancellationToken ct) =>
            ActAsync(form => policies.SetAsync(form.Text("domain"), Wish(form), call.Actor, ct), call, desk, policies, ct)).Rate(RateClass.Write);
        pages.MapPost(Root + "/domains/remove", (PageCall call, FederationDesk desk, DomainPolicies policies, CancellationToken ct) =>
            ActAsync(form => policies.RemoveAsync(form.Text("domain"), call.Actor, ct), call, desk, policies, ct)).Rate(RateClass.Write);
        pages.MapPost(Root + "/deliveries/{id}/retry", (Id<OutgoingDelivery> id, PageCall call, FederationDesk desk, DomainPolicies policies, CancellationToken ct) =>
            ActAsync(_ => desk.RetryAsync(id, call.Actor, ct), call, desk, policies, ct)).Rate(RateClass.Write);
    }

    private static Task<IResult> ActAsync(Func<IFormCollection, Task> act, PageCall call, FederationDesk desk, DomainPolicies policies, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            await act(form);
            return Root;
        },
        (state, _) => ShowAsync(state, call, desk, policies, ct));

    private static async Task<IResult> ShowAsync(FormState state, PageCall call, FederationDesk desk, DomainPolicies policies, CancellationToken ct) => call.Page<Pages.FederationPage>(new
    {
        Model = new FederationModel(
            await desk.ReadAsync(call.Actor, ct), await policies.AllAsync(call.Actor, ct), await desk.DaysAsync(call.Actor, ct),
            await desk.DeliveriesAsync(DeliveryState.Dead, 20, call.Http.Request.Query["cursor"].ToString() is { Length: > 0 } cursor ? cursor : null, call.Actor, ct)),
        State = state,
    });

    private static DomainPolicyWish Wish(IFormCollection form) => new(
        form.Ticked("allowed"), Enum.TryParse<DomainSeverity>(form.Text("severity"), out var severity) ? severity : throw Refusal.Invalid("severity", "Choose one of those listed."),
        form.Ticked("reject_media"), form.Ticked("reject_reports"), form.Said("public_comment"), form.Said("private_comment"));
}

/// <summary>What the page of the exchange with other servers shows.</summary>
public sealed class FederationModel
{
    internal FederationModel(FederationView view, IReadOnlyList<DomainPolicyView> policies, IReadOnlyList<DeliveryDay> days, Slice<DeliveryView> dead) => (View, Policies, Days, Dead) = (view, policies, days, dead);

    internal FederationView View { get; }

    internal IReadOnlyList<DomainPolicyView> Policies { get; }

    internal IReadOnlyList<DeliveryDay> Days { get; }

    internal Slice<DeliveryView> Dead { get; }
}
