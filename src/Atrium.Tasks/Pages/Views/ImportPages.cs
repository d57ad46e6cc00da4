using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Tasks.Pages;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary><c>/tasks/import</c>: how a file would be read, a run that writes nothing, and the import itself.</summary>
internal static class ImportPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/tasks/import", (string? project, string? operation, [AsParameters] ProjectTools t) => PageAsync(project, null, FormState.Fresh, operation, t));
        pages.MapPost("/tasks/import", SendAsync).Rate(RateClass.Heavy);
    }

    private static async Task<IResult> PageAsync(string? project, PreviewImport.Preview? preview, FormState state, string? operation, ProjectTools t)
    {
        var known = Id<Kernel.Operations.Operation>.TryParse(operation, null, out var id);
        var model = new ImportModel(await t.Reader.ListAsync(t.Actor, false, t.Ct), project, preview)
        {
            Operation = known ? $"/api/operations/{id}" : null,
            Report = known ? $"/api/tasks/imports/{id}/report" : null,
        };
        return PageForms.Page<ImportPage>(t.Http, new { Model = model, State = state });
    }

    private static async Task<IResult> SendAsync([AsParameters] ProjectTools t)
    {
        PreviewImport.Preview? preview = null;
        var form = await t.Http.Request.ReadFormAsync(t.Ct);
        var project = form.Said("project");
        try
        {
            var file = form.Files["file"] ?? throw Refusal.Invalid("file", "Choose a file.", "required");
            await using var content = file.OpenReadStream();
            if (form.Text("act") == "preview")
            {
                preview = await PreviewImport.HandleAsync(content, file.FileName, form.Said("mapping"), t.Clock, t.Actor, t.Ct);
                return await PageAsync(project, preview, FormState.Of(form, []), null, t);
            }

            var options = new Dictionary<string, string>(StringComparer.Ordinal);
            if (project is not null) options["project"] = project;
            if (form.Said("mapping") is { } mapping) options["mapping"] = mapping;
            var asked = await RequestImport.HandleAsync(content, file.FileName, form.Text("format") ?? "", options, form.Text("act") == "dry", t.Files, t.Kernel, t.Importers, t.Actor, t.Ct);
            return PageForms.SeeOther(t.Http, $"/tasks/import?operation={asked.Id}");
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Invalid or RefusalKind.Conflict or RefusalKind.TooLarge)
        {
            t.Http.Response.StatusCode = Problem.StatusOf(refusal);
            return await PageAsync(project, null, FormState.Of(form, refusal), null, t);
        }
    }
}
