using AngleSharp;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atrium.Web.Tests;

/// <summary>Renders one component, as a page would, for a reader.</summary>
internal static class Rendered
{
    public static readonly DateTimeOffset Now = new(2026, 11, 19, 9, 30, 0, TimeSpan.Zero);

    public static Task<IDocument> As<T>(object? parameters = null, string culture = "en", string zone = "Europe/Berlin") where T : IComponent =>
        As(builder =>
        {
            builder.OpenComponent<T>(0);
            foreach (var property in parameters?.GetType().GetProperties() ?? []) builder.AddComponentParameter(1, property.Name, property.GetValue(parameters));
            builder.CloseComponent();
        }, culture, zone);

    public static async Task<IDocument> As(RenderFragment content, string culture = "en", string zone = "Europe/Berlin")
    {
        await using var services = WebModule.AddKit(new ServiceCollection()).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<CascadingValue<Reader>>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                ["Value"] = new Reader(culture, zone, Now),
                ["ChildContent"] = content,
            }));
            return root.ToHtmlString();
        });
        return await BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(html));
    }
}
