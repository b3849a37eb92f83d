namespace SynapseFs.Entities.Annotations;

/// <summary>What a value's own notation says about its type.</summary>
internal enum ScalarNotation
{
    /// <summary>Bare text, as an extended attribute has it: the text decides.</summary>
    Bare,
    /// <summary>A text in JSON: no number and no truth, but perhaps a date.</summary>
    Text,
    Number,
    Truth,
}

/// <summary>One value as a person wrote it.</summary>
/// <param name="Text">Without quotation marks.</param>
internal readonly record struct AnnotationScalar(ScalarNotation Notation, string Text);
