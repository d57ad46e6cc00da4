using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Operations;
using Atrium.Tasks.Pages;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary><c>/tasks/import</c>: choose a file, say how a CSV file is read, try it, watch it, read its report.</summary>
internal static class ImportPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/tasks/import", (string? project, [AsParameters] ImportTools t) => ChooseAsync(project, FormState.Fresh, t));
        pages.MapPost("/tasks/import", SendAsync).Rate(RateClass.Heavy);
        pages.MapGet("/tasks/import/columns", (Id<FileRecord> file, string? project, [AsParameters] ImportTools t) => ColumnsAsync(file, project, null, FormState.Fresh, t));
        pages.MapPost("/tasks/import/columns", MapColumnsAsync).Rate(RateClass.Heavy);
        pages.MapGet("/tasks/import/{id:long}", RunAsync);
        pages.MapPost("/tasks/import/{id:long}/apply", ApplyAsync).Rate(RateClass.Heavy);
        pages.MapPost("/tasks/import/{id:long}/stop", async (Id<Operation> id, [AsParameters] ImportTools t) =>
        {
            await OperationDesk.CancelAsync(id, t.Kernel, t.Actor, t.Ct);
            return PageForms.SeeOther(t.Http, $"/tasks/import/{id}");
        }).Rate(RateClass.Write);
    }

    private static async Task<IResult> ChooseAsync(string? project, FormState state, ImportTools t) =>
        PageForms.Page<ImportPage>(t.Http, new { Model = new ImportModel(await t.Reader.ListAsync(t.Actor, false, t.Ct), project), State = state });

    private static async Task<IResult> SendAsync([AsParameters] ImportTools t) => await PageForms.SendAsync(
        t.Http,
        async form =>
        {
            var me = t.Actor.Demand();
            var upload = form.Files["file"] ?? throw Refusal.Invalid("file", "Choose a file.", "required");
            if (upload.Length > Limits.ImportBytes) throw Refusal.TooLarge("An import file holds at most 20 MiB.");
            await using var content = upload.OpenReadStream();
            var file = await t.Files.TakeAsync(content, upload.FileName, me, t.Ct);
            var (format, project) = (form.Said("format") ?? FormatOf(upload.FileName), form.Said("project"));
            if (format == "csv") return $"/tasks/import/columns?file={file.Id}{(project is null ? "" : $"&project={Uri.EscapeDataString(project)}")}";
            var asked = await RequestImport.OfFileAsync(file.Id, format, RequestImport.OptionsOf(project, null), form.Text("act") == "dry", t.Files, t.Kernel, t.Importers, t.Actor, t.Ct);
            return $"/tasks/import/{asked.Id}";
        },
        (state, _) => ChooseAsync(state.Value("project"), state, t));

    private static string FormatOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" or ".txt" => "csv",
        ".ics" or ".ical" => "ics",
        ".zip" => "json",
        _ => throw Refusal.Invalid("format", "Say what the file is.", "import_format"),
    };

    private static async Task<FileRecord> FileAsync(Id<FileRecord> id, ImportTools t)
    {
        var me = t.Actor.Demand();
        return await t.Kernel.Files.FirstOrDefaultAsync(f => f.Id == id && f.OwnerId == me, t.Ct) ?? throw Refusal.NotFound("This file is not there any more. Upload it again.");
    }

    private static async Task<IResult> ColumnsAsync(Id<FileRecord> id, string? project, string? mapping, FormState state, ImportTools t)
    {
        var file = await FileAsync(id, t);
        var seen = await PreviewAsync(file, mapping, t);
        var remembered = mapping is null ? await CsvChoices.FindAsync(t.Db, t.Actor, seen.Columns, t.Ct) : null;
        if (remembered is not null) seen = await PreviewAsync(file, remembered, t);
        return PageForms.Page<CsvColumnsPage>(t.Http, new { Model = new CsvColumnsModel(id.ToString(), file.FileName, project, seen, remembered is not null), State = state });
    }

    private static async Task<PreviewImport.Preview> PreviewAsync(FileRecord file, string? mapping, ImportTools t)
    {
        await using var content = await t.Blobs.OpenAsync(file.Hash, null, t.Ct) ?? throw Refusal.NotFound("This file is not there any more. Upload it again.");
        return await PreviewImport.HandleAsync(content, file.FileName, mapping, t.Clock, t.Actor, t.Ct);
    }

    private static async Task<IResult> MapColumnsAsync([AsParameters] ImportTools t)
    {
        var form = await t.Http.Request.ReadFormAsync(t.Ct);
        var id = new Id<FileRecord>(form.Number("file") ?? throw Refusal.NotFound());
        var (project, mapping) = (form.Said("project"), CsvChoices.Read(form));
        try
        {
            if (form.Text("act") is not ("run" or "dry")) return await ColumnsAsync(id, project, mapping, FormState.Fresh, t);
            var seen = await PreviewAsync(await FileAsync(id, t), mapping, t);
            await CsvChoices.KeepAsync(t.Db, t.Actor, seen.Columns, mapping, t.Ct);
            var asked = await RequestImport.OfFileAsync(id, "csv", RequestImport.OptionsOf(project, mapping), form.Text("act") == "dry", t.Files, t.Kernel, t.Importers, t.Actor, t.Ct);
            return PageForms.SeeOther(t.Http, $"/tasks/import/{asked.Id}");
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Invalid or RefusalKind.Conflict)
        {
            t.Http.Response.StatusCode = Problem.StatusOf(refusal);
            return await ColumnsAsync(id, project, null, FormState.Of(form, refusal), t);
        }
    }

    private static async Task<IResult> RunAsync(Id<Operation> id, [AsParameters] ImportTools t)
    {
        var operation = await OperationDesk.GetAsync(id, t.Kernel, t.Actor, t.Ct);
        if (operation.Kind != RequestImport.Kind) throw Refusal.NotFound();
        var report = operation.State == OperationState.Finished ? await RequestImport.ReportAsync(id, t.Kernel, t.Actor, t.Ct) : null;
        return PageForms.Page<ImportRunPage>(t.Http, new { Model = new ImportRunModel(operation, report, (await InputAsync(id, t)).DryRun) });
    }

    private static async Task<RequestImport.Input> InputAsync(Id<Operation> id, ImportTools t) =>
        JsonSerializer.Deserialize<RequestImport.Input>(await t.Kernel.Operations.Where(o => o.Id == id).Select(o => o.Input).FirstAsync(t.Ct), ApiJson.Options)!;

    /// <summary>After a trial: the same file for real.</summary>
    private static async Task<IResult> ApplyAsync(Id<Operation> id, [AsParameters] ImportTools t)
    {
        await OperationDesk.GetAsync(id, t.Kernel, t.Actor, t.Ct);
        var input = await InputAsync(id, t);
        var asked = await RequestImport.OfFileAsync(input.File, input.Format, input.Options, false, t.Files, t.Kernel, t.Importers, t.Actor, t.Ct);
        return PageForms.SeeOther(t.Http, $"/tasks/import/{asked.Id}");
    }
}
