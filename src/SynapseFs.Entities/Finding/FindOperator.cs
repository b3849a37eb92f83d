namespace SynapseFs.Entities.Finding;

internal enum FindOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
