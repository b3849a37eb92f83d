namespace SynapseFs.Entities.Capturing;

/// <summary>
/// Which files an interpreter runs by its command line: the first word that is no option, or what an option names; none where the program
/// stands on the line itself. What the kernel executes it opens itself, and needs no rule. Pure.
/// </summary>
internal static class ScriptRule
{
    /// <param name="directory">Its working directory; null: unknown.</param>
    /// <param name="file">What it opens, with the mountpoint before it.</param>
    public static bool IsScript(ProcessFacts process, string? directory, string file) =>
        ScriptsOf(process).Any(script => script.Length > 0 && Path.GetFullPath(script, directory ?? "/") == file);

    private static IEnumerable<string> ScriptsOf(ProcessFacts process)
    {
        if (Interpreter.Of(process) is not { } interpreter)
            yield break;
        var words = new Queue<string>(process.Arguments.Skip(1));
        while (words.TryDequeue(out var word))
        {
            if (word == "--")
            {
                if (interpreter.HasOperand && words.TryDequeue(out var operand))
                    yield return operand;
                yield break;
            }

            var (kind, value) = interpreter.MeaningOf(word);
            switch (kind)
            {
                case OptionKind.Operand when word == interpreter.Verb:
                case OptionKind.Alone:
                    continue;
                case OptionKind.Operand when interpreter.HasOperand:
                    yield return word;
                    yield break;
                case OptionKind.Operand or OptionKind.Inline:
                    yield break;
            }

            value ??= words.TryDequeue(out var next) ? next : "";
            if (kind == OptionKind.Script)
                yield return value;
        }
    }
}
