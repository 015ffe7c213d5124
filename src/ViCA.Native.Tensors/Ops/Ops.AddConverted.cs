using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// z = x + parameter, where the parameter keeps the checkpoint's type (position embeddings). All [rows, columns];
    /// z may be x; rounded once.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static void AddConverted(OpContext context, Tensor x, Tensor parameter, Tensor z)
    {
        CheckSame(x, x, z);
        Check.Shape(parameter, x.Rows, x.Columns);
        Check.Place(context, [x, parameter, z]);
        if (context.Device is { } device)
        {
            AddOnDevice(device, x, parameter, z);
            return;
        }

        if (parameter.DType == x.DType)
        {
            Add(context, x, parameter, z);
            return;
        }

        WorkspaceMark mark = context.Workspace.Mark();
        Tensor converted = context.Workspace.Take(x.DType, x.Rows, x.Columns);
        for (int row = 0; row < x.Rows; row++)
            CopyRow(parameter, row, converted, row);
        Add(context, x, converted, z);
        context.Workspace.Return(mark);
    }
}
