using System.IO.Enumeration;

namespace SynapseFs.Server.Faulting;

/// <summary>Decides whether a rule speaks of a request.</summary>
internal static class FaultMatch
{
    public static bool Fits(FaultRule rule, FaultTarget side, string method, string path) =>
        (rule.Target == FaultTarget.Any || rule.Target == side)
        && (rule.Method is null || rule.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (rule.Path is null || FileSystemName.MatchesSimpleExpression(rule.Path, path, ignoreCase: false));
}
