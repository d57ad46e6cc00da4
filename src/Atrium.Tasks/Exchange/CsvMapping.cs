namespace Atrium.Tasks;

/// <summary>What a column of a CSV file becomes.</summary>
internal enum CsvTarget
{
    Id,
    Title,
    Description,
    Status,
    Priority,
    Percent,
    Start,
    Due,
    Completed,
    Created,
    Labels,
    Assignees,
    Parent,
}

/// <summary>Which column becomes what; saved with the project so that the next import of the same kind needs no asking.</summary>
/// <param name="Columns">Index of the column for each target.</param>
/// <param name="Todoist">True for Todoist's own layout, with its kinds of rows, indents and priorities.</param>
internal sealed record CsvMapping(IReadOnlyDictionary<CsvTarget, int> Columns, bool Todoist = false)
{
    private static readonly string[] TodoistHeader = ["type", "content", "priority", "indent"];

    /// <summary>A guess by the names of the columns.</summary>
    public static CsvMapping Guess(IReadOnlyList<string> header)
    {
        var names = header.Select(h => h.Trim().ToLowerInvariant()).ToList();
        if (TodoistHeader.All(names.Contains)) return new(new Dictionary<CsvTarget, int>(), Todoist: true);
        var columns = new Dictionary<CsvTarget, int>();
        for (var i = 0; i < header.Count; i++)
            if (TargetOf(header[i]) is { } target)
                columns.TryAdd(target, i);
        if (!columns.ContainsKey(CsvTarget.Title)) columns[CsvTarget.Title] = Enumerable.Range(0, Math.Max(1, header.Count)).FirstOrDefault(i => !columns.ContainsValue(i));
        return new(columns);
    }

    public static CsvTarget? TargetOf(string header) => header.Trim().ToLowerInvariant().Replace('_', ' ') switch
    {
        "id" or "key" or "issue key" or "task id" or "number" or "#" or "uid" => CsvTarget.Id,
        "title" or "task" or "name" or "summary" or "subject" or "task name" or "content" or "todo" => CsvTarget.Title,
        "description" or "notes" or "note" or "body" or "details" => CsvTarget.Description,
        "status" or "state" or "list" or "column" or "section" or "section/column" or "stage" => CsvTarget.Status,
        "priority" => CsvTarget.Priority,
        "percent" or "% done" or "progress" or "percent complete" => CsvTarget.Percent,
        "start" or "start date" => CsvTarget.Start,
        "due" or "due date" or "deadline" or "end date" => CsvTarget.Due,
        "completed" or "completed at" or "completed date" or "closed" or "done" or "finished" => CsvTarget.Completed,
        "created" or "created at" or "created date" => CsvTarget.Created,
        "labels" or "tags" or "label" or "tag" or "categories" => CsvTarget.Labels,
        "assignee" or "assignees" or "assigned to" or "owner" or "responsible" or "assignee email" => CsvTarget.Assignees,
        "parent" or "parent id" or "parent task" or "parent key" => CsvTarget.Parent,
        _ => null,
    };
}
