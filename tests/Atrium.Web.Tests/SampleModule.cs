using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Live;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Web.Tests;

/// <summary>A room with a form and a live list: what the platform's own behaviour is tried on.</summary>
public sealed class SampleModule : IModule
{
    public string Name => "sample";

    public void Register(ModuleBuilder module)
    {
        module.Services.AddSingleton<SampleState>();
        module.Services.AddSingleton<ITopicRule, SampleTopic>();
    }

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sample/form", () => Page(FormState.Fresh, 200)).AllowAnonymous();
        app.MapPost("/sample/form", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var name = form["name"].ToString();
            IResult result = name.Contains('!', StringComparison.Ordinal)
                ? Page(FormState.Of(form, Refusal.Invalid([new("name", "A name has no exclamation mark."), new("", "The whole is odd.")])), 422)
                : TypedResults.Redirect("/sample/done?name=" + Uri.EscapeDataString(name));
            return result;
        }).AllowAnonymous().DisableAntiforgery();
        app.MapGet("/sample/done", (string? name) => new RazorComponentResult<SampleDone>(new { Who = name })).AllowAnonymous();
        app.MapGet("/sample/live", (SampleState state) => new RazorComponentResult<SampleLive>(new { state.Cursor, state.Lines })).AllowAnonymous();
        app.MapGet("/sample/broken", string () => throw new InvalidOperationException("A fault of ours.")).AllowAnonymous();
        app.MapGet("/api/home/palette", (string? q) => Results.Json(new { items = new[] { new { title = $"Found {q}", href = "/sample/done?name=palette", icon = "tasks", room = "tasks", kind = "Task" } } })).AllowAnonymous();
        app.MapPost("/sample/preview", async (HttpRequest request) => Results.Text($"<p><strong>{(await request.ReadFormAsync())["text"].ToString().Length}</strong></p>", "text/html")).AllowAnonymous().DisableAntiforgery();
    }

    private static RazorComponentResult<SampleForm> Page(FormState state, int status) => new(new { State = state }) { StatusCode = status };
}

/// <summary>The lines of the live list.</summary>
public sealed class SampleState(ILiveBus bus)
{
    private readonly List<string> _lines = ["First line"];

    public long Cursor { get; private set; } = 1;

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Add(string line)
    {
        _lines.Add(line);
        Cursor++;
        bus.Publish(new("sample:1", Cursor, "change", JsonSerializer.SerializeToElement(new { line })));
    }
}

internal sealed class SampleTopic(SampleState state) : ITopicRule
{
    public string Kind => "sample";

    public ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct) => new(key == "1" ? state.Cursor : null);
}
