using SynapseFs.Api;

namespace SynapseFs.EndToEnd.Tests.Support;

/// <summary>Activities in one line, told here once more and independently: <c>name: used syn1.2; executed syn3.4</c>.</summary>
internal static class Provenances
{
    public static string Line(Activity activity)
    {
        var line = activity.Name ?? "";
        var used = Words(activity, isExecuted: false);
        var executed = Words(activity, isExecuted: true);
        var told = string.Join("; ", new[] { used.Length > 0 ? $"used {used}" : "", executed.Length > 0 ? $"executed {executed}" : "" }
            .Where(part => part.Length > 0));
        return told.Length == 0 ? line : $"{line}: {told}";
    }

    private static string Words(Activity activity, bool isExecuted) => string.Join(
        ", ",
        (activity.Used ?? []).Where(item => (item.WasExecuted ?? false) == isExecuted)
            .Select(item => item.Reference is { } reference ? $"{reference.TargetId}.{reference.TargetVersionNumber}" : item.Url));
}
